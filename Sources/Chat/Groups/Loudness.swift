import Foundation
import GRDB
import Web

/// How loud a conversation is for one of its members.
struct Loudness: Sendable, Hashable {
  enum Level: String, Sendable {
    case all, mentions, none
  }

  /// The end of time, for what is muted for good.
  static let forever = Milliseconds.max

  let level: Level
  /// Until then it is quiet, whatever its level; in the past where it is not muted.
  let mutedUntil: Milliseconds

  static func of(_ user: User.ID, in conversation: Conversation.ID, db: Database) throws -> Loudness {
    let row = try Row.fetchOne(
      db.cachedStatement(
        sql: "SELECT level, muted_until FROM member WHERE conversation_id = ? AND user_id = ?"),
      arguments: [conversation, user])
    return Loudness(
      level: row.flatMap { Level(rawValue: $0["level"]) } ?? .all, mutedUntil: row?["muted_until"] ?? 0)
  }

  func isMuted(at now: Milliseconds) -> Bool { mutedUntil > now }

  var values: [String: (any Sendable)?] {
    [
      "levelAll": level == .all, "levelMentions": level == .mentions, "levelNone": level == .none,
      "isMuted": isMuted(at: Date.now.milliseconds), "mutedForever": mutedUntil == Self.forever,
    ]
  }
}

/// The act of making a conversation louder or quieter for oneself: what is nil stays.
struct LoudnessChange: Sendable {
  private let level: Loudness.Level?
  private let mutedUntil: Milliseconds?

  private static let hours: [String: Milliseconds] = ["1h": 1, "8h": 8, "1w": 7 * 24]

  /// - Throws: ``ChatError/malformed`` for what means nothing.
  init(_ fields: FormFields, at now: Milliseconds) throws {
    level = fields["level"].isEmpty ? nil : Loudness.Level(rawValue: fields["level"])
    if !fields["level"].isEmpty, level == nil { throw ChatError.malformed }
    switch fields["mute"] {
    case "", "keep": mutedUntil = nil
    case "off": mutedUntil = 0
    case "forever": mutedUntil = Loudness.forever
    case let word:
      guard let hours = Self.hours[word] else { throw ChatError.malformed }
      mutedUntil = now + hours * 3_600_000
    }
  }

  /// - Throws: ``ChatError/notFound`` where they are no member.
  func apply(
    to conversation: Conversation.ID, by user: User.ID, at now: Milliseconds, in db: Database
  ) throws {
    try db.execute(
      sql: """
        UPDATE member SET level = ifnull(?3, level), muted_until = ifnull(?4, muted_until)
        WHERE conversation_id = ?1 AND user_id = ?2
        """, arguments: [conversation, user, level?.rawValue, mutedUntil])
    guard db.changesCount > 0 else { throw ChatError.notFound }
    try Event.append(LoudnessChanged.self, audience: .only(user), subject: conversation, at: now, in: db)
  }
}

/// Tells one person's pages that a conversation is louder or quieter: `subject` is the conversation.
struct LoudnessChanged: EventKind {
  static let name = "loudness.changed"

  let row: SidebarRow

  static func load(_ event: Event, in db: Database) throws -> LoudnessChanged? {
    guard case .only(let user) = event.audience else { return nil }
    return try Sidebar.row(of: event.subject, for: user, in: db).map { LoudnessChanged(row: $0) }
  }

  /// As wrappers that only replace, see `swap.js`.
  func html(for reader: User.ID, _ fragments: Fragments, isOnline: (User.ID) -> Bool) -> String? {
    fragments.render(
      "fragments/loudness-changed",
      View([
        "row": fragments.html(
          row, viewer: reader, isOnline: row.person.map { isOnline($0.id) } ?? false)
      ]))
  }
}
