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

    init(id: Message.ID, author: User, text: String, attachmentCount: Int, time: Milliseconds) {
      self.id = id
      self.author = author
      self.text = String(text.unicodeScalars.prefix(Self.scalars))
      self.attachmentCount = attachmentCount
      self.time = time
    }
  }

  let conversation: Conversation.ID?
  /// The other person; nil for a group.
  let person: User?
  let groupName: String?
  let newest: Newest?
  var unread = 0
  /// Where it stands among the conversations: its newest message, or the newest there was when its viewer came in.
  var position: Message.ID = 0

  /// What names the row in the page, for viewers of whom none is `person`.
  var key: String { person.map { "u\($0.id)" } ?? "g\(conversation ?? 0)" }

  var name: Sentence { person?.name ?? .verbatim(groupName ?? "") }

  static func person(_ user: User) -> SidebarRow {
    SidebarRow(conversation: nil, person: user, groupName: nil, newest: nil)
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
      "href": conversation.map { "/conversations/\($0)" } ?? "/people/\(identity)",
      "newest": max(position, newest?.id ?? 0),
      "name": name,
      "sortName": FullName.sortKey(reader.language.text(name)),
      "picture": person?.picture,
      "initials": person?.initials ?? Avatar.initials(of: groupName ?? ""),
      "colour": Avatar.colour(of: identity),
      "userID": person?.id,
      "presence": isOnline ? Sentence("online") : nil,
      "time": time.map {
        View(["iso": $0.iso, "text": $0.brief(now: now), "utc": reader.clock.zone == nil])
      },
      "preview": preview,
      "previewAuthor": newest.flatMap { author(of: $0, viewer: viewer) },
      "author": newest?.author.id,
      "photo": newest.map { $0.text.isEmpty && $0.attachmentCount > 0 } ?? false,
      "unread": ReadMark.text(isCurrent ? 0 : unread),
      "current": isCurrent,
    ])
  }

  /// Who wrote the newest message, where that is said.
  private func author(of newest: Newest, viewer: User.ID?) -> Sentence? {
    newest.author.id == viewer ? Sentence("You") : person == nil ? newest.author.name : nil
  }

  private var preview: Sentence {
    guard let newest else { return Sentence("No messages yet") }
    return switch (newest.text.isEmpty, newest.attachmentCount) {
    case (true, 0): Message.deletedText
    case (true, 1): Sentence("Photo")
    case (true, let count): Sentence(one: "{count} photo", other: "{count} photos", count: count)
    case (false, _):
      .verbatim(
        String(
          newest.text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
            .prefix(Self.previewCharacters)))
    }
  }
}
