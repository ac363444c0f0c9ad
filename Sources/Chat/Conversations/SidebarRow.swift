import Foundation
import GRDB
import Web

/// One line of the sidebar: a person, with or without a conversation, or a group.
struct SidebarRow: Sendable, Hashable {
  /// The newest message of the conversation.
  struct Newest: Sendable, Hashable {
    let id: Message.ID
    let author: User
    /// The start of it: what the row can show at most.
    let text: String
    let attachmentCount: Int
    let time: Milliseconds

    /// How many Unicode scalars of a message are kept.
    static let scalars = 300

    /// Without the marks that format it.
    var plainText: String {
      Markup(text, isCut: text.unicodeScalars.count == Self.scalars).plain
    }

    init(_ message: Message) {
      self.init(
        id: message.id, author: message.author, text: message.text,
        attachmentCount: message.attachments.count, time: message.createdAt)
    }

    init(id: Message.ID, author: User, text: String, attachmentCount: Int, time: Milliseconds) {
      self.id = id
      self.author = author
      self.text = String(text.unicodeScalars.prefix(Self.scalars))
      self.attachmentCount = attachmentCount
      self.time = time
    }
  }

  /// How a group looks.
  struct Look: Sendable, Hashable {
    let name: String
    let picture: String?
    /// See ``GroupFaces``.
    var faces: [User] = []
    /// Everyone may come into it, and the viewer has not.
    var isOffered = false
  }

  let conversation: Conversation.ID?
  /// The other person; nil for a group.
  let person: User?
  private(set) var group: Look?
  let newest: Newest?
  var unread = 0
  /// Whether some of what is unread means its viewer.
  var mentionsViewer = false
  /// Where it stands among the conversations: its newest message, or the newest there was when its viewer came in.
  var position: Message.ID = 0
  /// Until then its count is told quietly.
  var mutedUntil: Milliseconds = 0

  /// What names the row in the page, for viewers of whom none is `person`.
  var key: String { person.map { "u\($0.id)" } ?? "g\(conversation ?? 0)" }

  var name: Sentence { person?.name ?? .verbatim(group?.name ?? "") }

  /// Whether ``show(_:)`` has something to show.
  var wantsFaces: Bool { group.map { $0.picture == nil } ?? false }

  mutating func show(_ faces: [User]) { group?.faces = faces }

  static func person(_ user: User) -> SidebarRow {
    SidebarRow(conversation: nil, person: user, group: nil, newest: nil)
  }

  /// The most characters of a message that the row shows.
  private static let previewCharacters = 120

  /// - Parameters:
  ///   - viewer: whose own messages read "You: …"; nil where the row is for many.
  ///   - now: by the reader's clock, what decides between time of day and date.
  func view(
    viewer: User.ID?, isOnline: Bool, isCurrent: Bool, for reader: Reader, now: Timestamp = .now
  ) -> View {
    let time = newest.map { Timestamp($0.time, reader.clock) }
    let identity = person?.id ?? conversation ?? 0
    return View([
      "key": key,
      "subject": person.map { String($0.id) } ?? key,
      "muted": mutedUntil > Date.now.milliseconds,
      "href": conversation.map { "/conversations/\($0)" } ?? "/people/\(identity)",
      "conversation": position == 0 && newest == nil ? nil : conversation,
      "newest": max(position, newest?.id ?? 0),
      "name": name,
      "sortName": FullName.sortKey(reader.language.text(name)),
      "picture": person == nil ? group?.picture : person?.picture,
      "faces": group.map { GroupFaces.views($0.faces) },
      "initials": person?.initials ?? Avatar.initials(of: group?.name ?? ""),
      "colour": Avatar.colour(of: identity),
      "presence": isOnline ? Sentence("online") : nil,
      "time": time.map {
        View(["iso": $0.iso, "text": $0.brief(now: now), "utc": reader.clock.zone == nil])
      },
      "author": newest?.author.id,
      "photo": newest.map { $0.text.isEmpty && $0.attachmentCount > 0 } ?? false,
      "mentionsYou": mentionsViewer,
      "unread": ReadMark.text(unread),
      "current": isCurrent,
    ]).adding(previewValues(viewer: viewer, in: reader.language))
  }

  /// What is shown of the newest message, in the row and where that message changes.
  func previewValues(viewer: User.ID?, in language: Language) -> [String: (any Sendable)?] {
    let preview = preview
    return [
      "isGroup": person == nil,
      "preview": preview.first,
      "rest": preview.dropFirst().map { language.text($0) },
      "previewAuthor": newest.flatMap { author(of: $0, viewer: viewer) },
    ]
  }

  /// Who wrote the newest message, where that is said.
  private func author(of newest: Newest, viewer: User.ID?) -> Sentence? {
    newest.author.id == viewer ? Sentence("You") : person == nil ? newest.author.name : nil
  }

  /// What there is of the newest message. Where some of it reads from the right it is a piece for each of its lines,
  /// since every line has a direction of its own.
  private var preview: [Sentence] {
    guard let newest else {
      return [
        group?.isOffered == true ? Sentence("Open group. You can join it.") : Sentence("No messages yet")
      ]
    }
    return switch (newest.text.isEmpty, newest.attachmentCount) {
    case (true, 0): [Message.deletedText]
    case (true, 1): [Sentence("Photo")]
    case (true, let count): [Sentence(one: "{count} photo", other: "{count} photos", count: count)]
    case (false, _): Self.lines(of: newest.plainText).map { .verbatim($0) }
    }
  }

  private static func lines(of text: String) -> [String] {
    let hasDirections = text.unicodeScalars.contains(where: isFromRight)
    var room = previewCharacters
    return text.split { hasDirections && $0.isNewline }.compactMap { line in
      let words = line.split(whereSeparator: \.isWhitespace).joined(separator: " ").prefix(room)
      guard !words.isEmpty else { return nil }
      room = max(0, room - words.count - 1)
      return String(words)
    }
  }

  /// Whether it is in a block of scripts that are written from the right, as the Unicode Bidirectional Algorithm has it.
  private static func isFromRight(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x0590...0x08FF, 0xFB1D...0xFDFF, 0xFE70...0xFEFF, 0x10800...0x10FFF, 0x1E800...0x1EFFF: true
    default: false
    }
  }
}
