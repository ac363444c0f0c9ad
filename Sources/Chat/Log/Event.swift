import GRDB

/// One line of the durable log that streams are fed and replayed from. It holds ids and numbers only: what
/// an event shows is read when it is sent, so that nothing deleted lives on in it.
struct Event: Sendable {
  typealias ID = Int64

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
  /// The name of its ``EventKind``.
  let kind: String
  let subject: Int64
  let number: Int64
  /// The message that it is about: only who may see that may see the event. Nil where it is about none.
  let message: Message.ID?
  /// The two of a direct conversation, where it is one's event.
  let pair: [User.ID]?

  private static let columns = """
    event.id, event.audience, event.kind, event.subject_id, event.number, event.message_id, \
    (SELECT direct_key FROM conversation WHERE conversation.id = event.audience) AS direct_key
    """

  private init(_ row: Row) {
    id = row["id"]
    audience = Audience(number: row["audience"])
    kind = row["kind"]
    subject = row["subject_id"]
    number = row["number"]
    message = row["message_id"]
    pair = (row["direct_key"] as String?).map(Conversation.pair)
  }

  /// - Parameters:
  ///   - subject, number: what they mean its kind says.
  ///   - message: the one that it is about.
  /// - Returns: the new event's id.
  @discardableResult
  static func append(
    _ kind: any EventKind.Type, audience: Audience, subject: Int64, number: Int64 = 0,
    message: Message.ID? = nil, at now: Milliseconds, in db: Database
  ) throws -> ID {
    try db.cachedStatement(
      sql: """
        INSERT INTO event (audience, kind, subject_id, number, message_id, created_at)
        VALUES (?, ?, ?, ?, ?, ?)
        """
    ).execute(arguments: [audience.number, kind.name, subject, number, message, now])
    return db.lastInsertedRowID
  }

  /// The events after `id`, of everyone, oldest first.
  static func all(after id: ID, limit: Int, in db: Database) throws -> [Event] {
    try Row.map(
      db.cachedStatement(sql: "SELECT \(columns) FROM event WHERE id > ? ORDER BY id LIMIT ?"), [id, limit]
    ) { Event($0) }
  }

  /// The ids of the events after `id` that `user` may see, oldest first.
  static func visible(
    to user: User.ID, after id: ID, through last: ID, limit: Int, in db: Database
  ) throws -> [ID] {
    try ID.fetchAll(
      db.cachedStatement(
        sql: """
          SELECT id FROM (
            SELECT id FROM (SELECT id FROM event WHERE audience = 0 AND id > ?2 AND id <= ?3
              ORDER BY id LIMIT ?4)
            UNION ALL
            SELECT id FROM (SELECT id FROM event WHERE audience = -?1 AND id > ?2 AND id <= ?3
              ORDER BY id LIMIT ?4)
            UNION ALL
            SELECT event.id FROM member JOIN event ON event.audience = member.conversation_id
              WHERE member.user_id = ?1 AND event.id > ?2 AND event.id <= ?3 AND \(Sight.seesEvent("event", "?1"))
          ) ORDER BY id LIMIT ?4
          """), arguments: [user, id, last, limit])
  }

  /// Those of `ids` that are still there and that `user` may still see, oldest first.
  static func stillVisible(_ ids: some Sequence<ID>, to user: User.ID, in db: Database) throws -> [Event] {
    try Row.map(
      db.cachedStatement(
        sql: """
          SELECT \(columns) FROM event WHERE id IN (SELECT value FROM json_each(?2)) AND (
            audience IN (0, -?1) OR \(Sight.seesEvent("event", "?1"))) ORDER BY id
          """), [user, "[" + ids.map(String.init).joined(separator: ",") + "]"]
    ) { Event($0) }
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
            ifnull((SELECT max((SELECT id FROM event
                WHERE audience = member.conversation_id AND id > (SELECT min(after_event_id) FROM sight
                  WHERE sight.user_id = ?1 AND sight.conversation_id = member.conversation_id)
                  AND \(Sight.seesEvent("event", "?1"))
                ORDER BY id DESC LIMIT 1))
              FROM member WHERE user_id = ?1), 0))
          """), arguments: [user]) ?? 0
  }

  static func newestOfAll(in db: Database) throws -> ID {
    try ID.fetchOne(
      db.cachedStatement(
        sql: "SELECT max(ifnull((SELECT max(id) FROM event), 0), (SELECT pruned_through FROM event_log))"))
      ?? 0
  }

  /// Deletes so many of the events that only `user` may see.
  /// - Returns: how many there were.
  static func deleteOwn(of user: User.ID, limit: Int, in db: Database) throws -> Int {
    try db.execute(
      sql: "DELETE FROM event WHERE id IN (SELECT id FROM event WHERE audience = ? LIMIT ?)",
      arguments: [Audience.only(user).number, limit])
    return db.changesCount
  }

  /// Up to this id the log has been pruned.
  static func prunedThrough(in db: Database) throws -> ID {
    try ID.fetchOne(db, sql: "SELECT pruned_through FROM event_log") ?? 0
  }
}
