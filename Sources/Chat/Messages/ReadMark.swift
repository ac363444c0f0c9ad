import GRDB

/// How far a member has read a conversation, as two marks: the furthest message that they have ever read, which
/// never goes back, and the one after which the rest counts as unread, which they may set back.
struct ReadMark: Sendable, Hashable {
  /// Counts stop here: "999+" says enough.
  static let maximumCount = 1_000

  let furthest: Message.ID
  let unreadAfter: Message.ID

  private init(_ row: Row) {
    furthest = row["last_read_message_id"]
    unreadAfter = row["unread_after_message_id"]
  }

  static func of(_ user: User.ID, in conversation: Conversation.ID, db: Database) throws -> ReadMark? {
    try Row.fetchOne(
      db.cachedStatement(
        sql: """
          SELECT last_read_message_id, unread_after_message_id FROM member
          WHERE conversation_id = ? AND user_id = ?
          """), arguments: [conversation, user]
    ).map { ReadMark($0) }
  }

  /// How many messages of others that a member may see come after a message, for many conversations at once.
  static func unread(
    of user: User.ID, after marks: [Conversation.ID: Message.ID], in db: Database
  ) throws -> [Conversation.ID: Int] {
    guard !marks.isEmpty else { return [:] }
    let list = marks.map { "[\($0.key),\($0.value)]" }.joined(separator: ",")
    let counts = try Row.map(
      db.cachedStatement(
        sql: """
          SELECT value ->> 0 AS conversation_id, (SELECT count(*) FROM (
            SELECT 1 FROM message WHERE conversation_id = value ->> 0 AND message.id > value ->> 1
              AND author_id <> ?1 AND line IS NULL AND deleted_by IS NULL
              AND \(Sight.seesMessage("message.id", in: "message.conversation_id", "?1"))
            LIMIT ?2)) AS unread
          FROM json_each(?3)
          """), [user, maximumCount, "[" + list + "]"]
    ) { ($0["conversation_id"] as Conversation.ID, $0["unread"] as Int) }
    return Dictionary(counts) { first, _ in first }
  }

  /// The first message of others that a member may see after a message.
  static func firstUnread(
    of user: User.ID, in conversation: Conversation.ID, after mark: Message.ID, db: Database
  ) throws -> Message.ID? {
    try Message.ID.fetchOne(
      db.cachedStatement(
        sql: """
          SELECT id FROM message WHERE conversation_id = ?1 AND id > ?2 AND author_id <> ?3 AND line IS NULL
            AND deleted_by IS NULL
            AND \(Sight.seesMessage("message.id", in: "message.conversation_id", "?3"))
          ORDER BY id LIMIT 1
          """), arguments: [conversation, mark, user])
  }

  /// Moves both marks forward to the newest message that is no newer than `message`.
  /// - Returns: whether something was unread before that is read now.
  static func move(
    of user: User.ID, in conversation: Conversation.ID, through message: Message.ID, db: Database
  ) throws -> Bool {
    try db.cachedStatement(
      sql: """
        UPDATE member SET last_read_message_id = max(last_read_message_id, newest),
          unread_after_message_id = newest,
          read_event_id = max(ifnull((SELECT max(id) FROM event), 0), (SELECT pruned_through FROM event_log))
        FROM (SELECT max(id) AS newest FROM message WHERE conversation_id = ?1 AND id <= ?3) AS through
        WHERE conversation_id = ?1 AND user_id = ?2 AND unread_after_message_id < newest
          AND EXISTS (SELECT 1 FROM user WHERE id = ?2 AND full_name <> '')
        """
    ).execute(arguments: [conversation, user, message])
    return db.changesCount > 0
  }

  /// From a message on all counts as unread again. What has been read stays read for whoever wrote it.
  /// - Returns: false where it is unread already.
  static func setBack(of user: User.ID, before message: Message, in db: Database) throws -> Bool {
    try db.cachedStatement(
      sql: """
        UPDATE member SET unread_after_message_id = ?3 - 1,
          read_event_id = max(ifnull((SELECT max(id) FROM event), 0), (SELECT pruned_through FROM event_log))
        WHERE conversation_id = ?1 AND user_id = ?2 AND unread_after_message_id >= ?3
        """
    ).execute(arguments: [message.conversation, user, message.id])
    return db.changesCount > 0
  }

  /// Moves the marks of an author who has read everything past their own new message, so that no count has to step
  /// over what one person wrote since.
  static func take(
    along author: User.ID, past message: Message.ID, in conversation: Conversation.ID, db: Database
  ) throws {
    try db.cachedStatement(
      sql: """
        UPDATE member SET last_read_message_id = ?1, unread_after_message_id = ?1
        WHERE conversation_id = ?2 AND user_id = ?3 AND NOT EXISTS (
          SELECT 1 FROM message
          WHERE conversation_id = ?2 AND id > unread_after_message_id AND id < ?1 AND author_id <> ?3
            AND line IS NULL AND deleted_by IS NULL)
        """
    ).execute(arguments: [message, conversation, author])
  }

  /// Those who have not read a message yet, as far as their count goes.
  static func unreading(
    _ message: Message.ID, in db: Database
  ) throws -> (conversation: Conversation.ID, people: [User.ID])? {
    let found = try Row.fetchOne(
      db.cachedStatement(sql: "SELECT conversation_id, author_id FROM message WHERE id = ?"),
      arguments: [message])
    guard let found else { return nil }
    let conversation: Conversation.ID = found["conversation_id"]
    return (
      conversation,
      try User.ID.fetchAll(
        db.cachedStatement(
          sql: """
            SELECT user_id FROM member
            WHERE conversation_id = ? AND unread_after_message_id < ? AND user_id <> ?
            """), arguments: [conversation, message, found["author_id"] as User.ID])
    )
  }

  /// Leaves nothing of what a person has read, and when.
  static func forget(of user: User.ID, in db: Database) throws {
    try db.execute(
      sql: """
        UPDATE member SET last_read_message_id = 0, unread_after_message_id = 0, read_event_id = 0
        WHERE user_id = ?
        """, arguments: [user])
  }

  /// As the sidebar shows it: nothing, "5" or "999+".
  static func text(_ count: Int) -> String? {
    count == 0 ? nil : count < maximumCount ? String(count) : "\(maximumCount - 1)+"
  }
}
