import GRDB

/// What a member of a group may do there.
enum Role: String, Sendable {
  /// Reads, writes where everyone may, leaves.
  case member
  /// All that, and sees to the group: its name, picture and description, who is in it, who may write.
  case administrator

  /// - Returns: nil where the user is no member.
  static func of(_ user: User.ID, in conversation: Conversation.ID, db: Database) throws -> Role? {
    try String.fetchOne(
      db.cachedStatement(sql: "SELECT role FROM member WHERE conversation_id = ? AND user_id = ?"),
      arguments: [conversation, user]
    ).flatMap { Role(rawValue: $0) }
  }

  static func administrators(of conversation: Conversation.ID, in db: Database) throws -> Set<User.ID> {
    try User.ID.fetchSet(
      db.cachedStatement(
        sql: "SELECT user_id FROM member WHERE conversation_id = ? AND role = 'administrator'"),
      arguments: [conversation])
  }

  /// - Returns: false where they have that role already, or are no member.
  static func set(_ role: Role, of user: User.ID, in conversation: Conversation.ID, db: Database) throws
    -> Bool
  {
    try db.cachedStatement(
      sql: "UPDATE member SET role = ?1 WHERE conversation_id = ?2 AND user_id = ?3 AND role <> ?1"
    ).execute(arguments: [role.rawValue, conversation, user])
    return db.changesCount > 0
  }

  /// That there is somebody to see to the group: where its last administrator has gone, or has stopped being one, the
  /// member of longest standing becomes one.
  /// - Parameter former: who was one until now, and comes last.
  /// - Returns: who became one.
  static func succeed(
    in conversation: Conversation.ID, former: User.ID, db: Database
  ) throws -> User.ID? {
    try User.ID.fetchOne(
      db,
      sql: """
        UPDATE member SET role = 'administrator' WHERE conversation_id = ?1 AND user_id = (
          SELECT user_id FROM member WHERE conversation_id = ?1
          ORDER BY user_id = ?2, joined_at, after_event_id, user_id LIMIT 1)
        AND NOT EXISTS (SELECT 1 FROM member WHERE conversation_id = ?1 AND role = 'administrator')
        RETURNING user_id
        """, arguments: [conversation, former])
  }
}
