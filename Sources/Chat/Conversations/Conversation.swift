import GRDB

/// A talk among its members: `direct` between two people, or a `group`.
struct Conversation: Sendable, Hashable {
  typealias ID = Int64

  let id: ID
  let isDirect: Bool
  /// `7-12` for the direct conversation of the users 7 and 12.
  let directKey: String?
  /// A group's name; a direct one goes by the other person's.
  let name: String?

  /// What its parts of a page are named by. A direct one has its key before its first message.
  var key: String { directKey.map { "d\($0)" } ?? "g\(id)" }

  static func directKey(_ one: User.ID, _ other: User.ID) -> String {
    "\(min(one, other))-\(max(one, other))"
  }

  /// The person that `viewer` talks to in it; nil for a group.
  func other(than viewer: User.ID) -> User.ID? {
    directKey.map(Self.pair)?.first { $0 != viewer }
  }

  /// The two that a direct conversation's key names.
  static func pair(_ directKey: String) -> [User.ID] {
    directKey.split(separator: "-").compactMap { User.ID($0) }
  }

  static let columns =
    "conversation.id, conversation.kind, conversation.direct_key, conversation.name"

  /// - Parameter row: with ``columns``.
  init(_ row: Row) {
    id = row["id"]
    isDirect = row["kind"] == "direct"
    directKey = row["direct_key"]
    name = row["name"]
  }

  /// The conversation, if `user` is a member of it.
  static func find(_ id: ID, of user: User.ID, in db: Database) throws -> Conversation? {
    try Row.fetchOne(
      db.cachedStatement(
        sql: """
          SELECT \(columns) FROM conversation
          JOIN member ON member.conversation_id = conversation.id AND member.user_id = ?
          WHERE conversation.id = ?
          """), arguments: [user, id]
    ).map { Conversation($0) }
  }

  static func find(_ id: ID, in db: Database) throws -> Conversation? {
    try Row.fetchOne(
      db.cachedStatement(sql: "SELECT \(columns) FROM conversation WHERE id = ?"), arguments: [id]
    ).map { Conversation($0) }
  }

  static func direct(_ one: User.ID, _ other: User.ID, in db: Database) throws -> Conversation? {
    try Row.fetchOne(
      db.cachedStatement(sql: "SELECT \(columns) FROM conversation WHERE direct_key = ?"),
      arguments: [directKey(one, other)]
    ).map { Conversation($0) }
  }

  /// Makes the direct conversation of two people, or finds the one they have.
  static func openDirect(
    _ one: User.ID, _ other: User.ID, at now: Milliseconds, in db: Database
  ) throws -> Conversation? {
    if let found = try direct(one, other, in: db) { return found }
    try db.execute(
      sql: "INSERT INTO conversation (kind, direct_key, created_at) VALUES ('direct', ?, ?)",
      arguments: [directKey(one, other), now])
    let id = db.lastInsertedRowID
    for user in [one, other] { try Membership.begin(of: user, in: id, at: now, in: db) }
    return try find(id, in: db)
  }

  /// Those that `user` is in.
  static func ids(of user: User.ID, in db: Database) throws -> [ID] {
    try ID.fetchAll(
      db.cachedStatement(sql: "SELECT conversation_id FROM member WHERE user_id = ?"), arguments: [user])
  }

  /// Those with whom `user` has a direct conversation, at most `limit`.
  static func partners(of user: User.ID, limit: Int, in db: Database) throws -> [User.ID] {
    try User.ID.fetchAll(
      db.cachedStatement(
        sql: """
          SELECT other.user_id FROM member AS own
          JOIN conversation ON conversation.id = own.conversation_id AND conversation.kind = 'direct'
          JOIN member AS other ON other.conversation_id = own.conversation_id
          WHERE own.user_id = ?1 AND other.user_id <> ?1 LIMIT ?2
          """), arguments: [user, limit])
  }
}
