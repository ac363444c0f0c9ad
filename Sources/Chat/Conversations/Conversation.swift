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
  /// A group's, as the name of its file.
  let picture: String?
  /// Of a group without a picture, see ``GroupFaces``.
  private(set) var faces: [User] = []

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
    "conversation.id, conversation.kind, conversation.direct_key, conversation.name, conversation.picture"

  /// - Parameter row: with ``columns``.
  init(_ row: Row) {
    id = row["id"]
    isDirect = row["kind"] == "direct"
    directKey = row["direct_key"]
    name = row["name"]
    picture = row["picture"]
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
    ).map { try Conversation($0).withFaces(in: db) }
  }

  static func find(_ id: ID, in db: Database) throws -> Conversation? {
    try Row.fetchOne(
      db.cachedStatement(sql: "SELECT \(columns) FROM conversation WHERE id = ?"), arguments: [id]
    ).map { try Conversation($0).withFaces(in: db) }
  }

  func withFaces(in db: Database) throws -> Conversation {
    guard !isDirect, picture == nil else { return self }
    var conversation = self
    conversation.faces = try GroupFaces.of([id], in: db)[id] ?? []
    return conversation
  }

  static func direct(_ one: User.ID, _ other: User.ID, in db: Database) throws -> Conversation? {
    try Row.fetchOne(
      db.cachedStatement(sql: "SELECT \(columns) FROM conversation WHERE direct_key = ?"),
      arguments: [directKey(one, other)]
    ).map { Conversation($0) }
  }

  /// Those of some conversations that are between two.
  static func direct(among ids: some Sequence<ID>, in db: Database) throws -> [ID: Conversation] {
    let rows = try Row.fetchAll(
      db.cachedStatement(
        sql: """
          SELECT \(columns) FROM json_each(?)
          JOIN conversation ON conversation.id = value AND conversation.kind = 'direct'
          """), arguments: [GroupMembers.list(ids)])
    return Dictionary(rows.map { (Conversation($0).id, Conversation($0)) }) { first, _ in first }
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
