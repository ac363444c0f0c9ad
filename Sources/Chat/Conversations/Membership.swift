import GRDB

/// Coming into a conversation and leaving it. Each is an act of its own in the log, told to the person concerned.
enum Membership {
  /// From here on `user` is a member. One who was one before sees again what they saw then, and nothing of the time
  /// between.
  /// - Returns: false where they are one already.
  @discardableResult
  static func begin(
    of user: User.ID, in conversation: Conversation.ID, as role: Role = .member, at now: Milliseconds,
    in db: Database
  ) throws -> Bool {
    try db.cachedStatement(
      sql: """
        INSERT INTO member
          (conversation_id, user_id, joined_at, last_read_message_id, unread_after_message_id,
          after_message_id, after_event_id, role)
        SELECT id, ?2, ?3, newest, newest, newest, CASE WHEN kind = 'group'
          THEN max(ifnull((SELECT max(id) FROM event), 0), (SELECT pruned_through FROM event_log)) ELSE 0 END, ?4
        FROM (SELECT id, kind, CASE WHEN EXISTS
          (SELECT 1 FROM message WHERE conversation_id = conversation.id)
          THEN (SELECT max(id) FROM message) ELSE 0 END AS newest FROM conversation WHERE id = ?1)
        WHERE true ON CONFLICT DO NOTHING
        """
    ).execute(arguments: [conversation, user, now, role.rawValue])
    guard db.changesCount > 0 else { return false }
    try Event.append(MemberJoined.self, audience: .only(user), subject: conversation, at: now, in: db)
    return true
  }

  /// Whether they were in it once and are not any more.
  static func hasEnded(of user: User.ID, in addressee: Addressee, db: Database) throws -> Bool {
    guard case .conversation(let conversation) = addressee else { return false }
    return try Bool.fetchOne(
      db.cachedStatement(
        sql: """
          SELECT EXISTS (SELECT 1 FROM earlier_membership WHERE conversation_id = ?1 AND user_id = ?2)
            AND NOT EXISTS (SELECT 1 FROM member WHERE conversation_id = ?1 AND user_id = ?2)
          """), arguments: [conversation, user]) ?? false
  }

  /// Leaves nothing of when a person was where.
  static func forgetEarlier(of user: User.ID, in db: Database) throws {
    try db.execute(sql: "DELETE FROM earlier_membership WHERE user_id = ?", arguments: [user])
  }

  /// From here on `user` sees nothing of the conversation.
  /// - Returns: false where they are no member.
  @discardableResult
  static func end(
    of user: User.ID, in conversation: Conversation.ID, at now: Milliseconds, in db: Database
  ) throws -> Bool {
    try db.cachedStatement(
      sql: """
        INSERT INTO earlier_membership
        SELECT conversation_id, user_id, after_message_id, ifnull((SELECT max(id) FROM message), 0),
          after_event_id,
          max(ifnull((SELECT max(id) FROM event), 0), (SELECT pruned_through FROM event_log))
        FROM member WHERE conversation_id = ? AND user_id = ?
        """
    ).execute(arguments: [conversation, user])
    guard db.changesCount > 0 else { return false }
    try db.cachedStatement(sql: "DELETE FROM member WHERE conversation_id = ? AND user_id = ?")
      .execute(arguments: [conversation, user])
    try Event.append(MemberLeft.self, audience: .only(user), subject: conversation, at: now, in: db)
    return true
  }
}
