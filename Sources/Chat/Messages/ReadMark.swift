import GRDB

/// Through which message a member has read a conversation. It only moves forward.
enum ReadMark {
  /// Counts stop here: "999+" says enough.
  static let maximumCount = 1_000

  /// How many messages of others a member has not read.
  static func unread(
    of user: User.ID, in conversation: Conversation.ID, after message: Message.ID, in db: Database
  ) throws -> Int {
    try Int.fetchOne(
      db.cachedStatement(
        sql: """
          SELECT count(*) FROM (SELECT 1 FROM message
          WHERE conversation_id = ? AND id > ? AND author_id <> ? LIMIT ?)
          """), arguments: [conversation, message, user, maximumCount]) ?? 0
  }

  static func of(_ user: User.ID, in conversation: Conversation.ID, db: Database) throws -> Message.ID {
    try Message.ID.fetchOne(
      db.cachedStatement(
        sql: "SELECT last_read_message_id FROM member WHERE conversation_id = ? AND user_id = ?"),
      arguments: [conversation, user]) ?? 0
  }

  /// Moves the mark forward to the newest message that is not past `message`, and tells its owner's other
  /// tabs. An id of another conversation, or of one that does not exist yet, marks nothing that was not
  /// there to be read.
  static func move(
    of user: User.ID, in conversation: Conversation.ID, through message: Message.ID, at now: Milliseconds,
    db: Database
  ) throws {
    let through = try Message.ID.fetchOne(
      db.cachedStatement(
        sql: "SELECT max(id) FROM message WHERE conversation_id = ? AND id <= ?"),
      arguments: [conversation, message])
    guard let through else { return }
    try db.cachedStatement(
      sql: """
        UPDATE member SET last_read_message_id = ?1
        WHERE conversation_id = ?2 AND user_id = ?3 AND last_read_message_id < ?1
        """
    ).execute(arguments: [through, conversation, user])
    guard db.changesCount > 0 else { return }
    let left = try unread(of: user, in: conversation, after: through, in: db)
    try Event.append(
      .read, audience: .only(user), subject: through, number: Int64(left), at: now, in: db)
  }

  /// Moves the mark of an author who has read everything past their own new message, so that no count has to step
  /// over what one person wrote since.
  static func take(
    along author: User.ID, past message: Message.ID, in conversation: Conversation.ID, db: Database
  ) throws {
    try db.cachedStatement(
      sql: """
        UPDATE member SET last_read_message_id = ?1
        WHERE conversation_id = ?2 AND user_id = ?3 AND NOT EXISTS (
          SELECT 1 FROM message
          WHERE conversation_id = ?2 AND id > last_read_message_id AND id < ?1 AND author_id <> ?3)
        """
    ).execute(arguments: [message, conversation, author])
  }

  /// As the sidebar shows it: nothing, "5" or "999+".
  static func text(_ count: Int) -> String? {
    count == 0 ? nil : count < maximumCount ? String(count) : "\(maximumCount - 1)+"
  }
}
