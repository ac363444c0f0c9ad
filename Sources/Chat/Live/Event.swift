import GRDB

/// One line of the durable log that streams are fed and replayed from. It holds ids and numbers only: what
/// an event shows is read when it is sent, so that nothing deleted lives on in it.
struct Event: Sendable {
  typealias ID = Int64

  /// Kinds are only ever added.
  enum Kind: String, Sendable {
    /// `subject` is the message.
    case messagePosted = "message.posted"
    /// For its owner alone: `subject` is the message read through, `number` how many are unread after it.
    case read
    /// `subject` is the user.
    case userNew = "user.new"
    /// `subject` is the user, whose name or picture is another now.
    case userChanged = "user.changed"
    /// `subject` is the user, whose account is gone; `number` is 1 where the texts stay.
    case userGone = "user.gone"
    /// `subject` is the session. It ends that session's streams and is never sent itself.
    case sessionEnded = "session.ended"
    /// `subject` is the session, whose browser has another token now. Its streams end, and come back with that; it is
    /// never sent itself.
    case sessionReplaced = "session.replaced"
  }

  enum Audience: Sendable, Equatable {
    case everyone
    case members(of: Conversation.ID)
    case only(User.ID)

    /// As the table has it, see ``Migrations``.
    var number: Int64 {
      switch self {
      case .everyone: 0
      case .members(let conversation): conversation
      case .only(let user): -user
      }
    }

    init(number: Int64) {
      self = number == 0 ? .everyone : number > 0 ? .members(of: number) : .only(-number)
    }
  }

  let id: ID
  let audience: Audience
  let kind: Kind
  let subject: Int64
  let number: Int64

  private init?(_ row: Row) {
    guard let kind = Kind(rawValue: row[2]) else { return nil }
    id = row[0]
    audience = Audience(number: row[1])
    self.kind = kind
    subject = row[3]
    number = row[4]
  }

  /// - Returns: the new event's id.
  @discardableResult
  static func append(
    _ kind: Kind, audience: Audience, subject: Int64, number: Int64 = 0, at now: Milliseconds,
    in db: Database
  ) throws -> ID {
    try db.cachedStatement(
      sql: "INSERT INTO event (audience, kind, subject_id, number, created_at) VALUES (?, ?, ?, ?, ?)"
    ).execute(arguments: [audience.number, kind.rawValue, subject, number, now])
    return db.lastInsertedRowID
  }

  /// The events after `id`, of everyone, oldest first.
  static func all(after id: ID, limit: Int, in db: Database) throws -> [Event] {
    try Row.fetchAll(
      db.cachedStatement(
        sql: """
          SELECT id, audience, kind, subject_id, number FROM event WHERE id > ? ORDER BY id LIMIT ?
          """), arguments: [id, limit]
    ).compactMap { Event($0) }
  }

  /// The events after `id` that `user` may see, oldest first.
  static func visible(
    to user: User.ID, after id: ID, through last: ID, limit: Int, in db: Database
  ) throws -> [Event] {
    try Row.fetchAll(
      db.cachedStatement(
        sql: """
          SELECT id, audience, kind, subject_id, number FROM (
            SELECT * FROM (SELECT * FROM event WHERE audience = 0 AND id > ?2 AND id <= ?3
              ORDER BY id LIMIT ?4)
            UNION ALL
            SELECT * FROM (SELECT * FROM event WHERE audience = -?1 AND id > ?2 AND id <= ?3
              ORDER BY id LIMIT ?4)
            UNION ALL
            SELECT event.* FROM member JOIN event ON event.audience = member.conversation_id
              WHERE member.user_id = ?1 AND event.id > ?2 AND event.id <= ?3
          ) ORDER BY id LIMIT ?4
          """), arguments: [user, id, last, limit]
    ).compactMap { Event($0) }
  }

  /// The newest event that `user` may see; never older than what the log still holds.
  static func newest(visibleTo user: User.ID, in db: Database) throws -> ID {
    try ID.fetchOne(
      db.cachedStatement(
        sql: """
          SELECT max(
            (SELECT pruned_through FROM event_log),
            ifnull((SELECT max(id) FROM event WHERE audience = 0), 0),
            ifnull((SELECT max(id) FROM event WHERE audience = -?1), 0),
            ifnull((SELECT max((SELECT max(id) FROM event WHERE audience = member.conversation_id))
              FROM member WHERE user_id = ?1), 0))
          """), arguments: [user]) ?? 0
  }

  static func newestOfAll(in db: Database) throws -> ID {
    try ID.fetchOne(
      db.cachedStatement(
        sql: "SELECT max(ifnull((SELECT max(id) FROM event), 0), (SELECT pruned_through FROM event_log))"))
      ?? 0
  }

  /// Deletes so many of the events that tell how far `user` had read.
  /// - Returns: how many there were.
  static func deleteReads(of user: User.ID, limit: Int, in db: Database) throws -> Int {
    try db.execute(
      sql: """
        DELETE FROM event WHERE id IN
          (SELECT id FROM event WHERE audience = ? AND kind = ? LIMIT ?)
        """, arguments: [Audience.only(user).number, Kind.read.rawValue, limit])
    return db.changesCount
  }

  /// Up to this id the log has been pruned.
  static func prunedThrough(in db: Database) throws -> ID {
    try ID.fetchOne(db, sql: "SELECT pruned_through FROM event_log") ?? 0
  }
}
