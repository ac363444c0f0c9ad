import GRDB

/// A stretch of a conversation's messages, oldest first, found by keyset: nothing is counted or sorted.
struct MessagePage: Sendable, Hashable {
  static let size = 50

  /// Which stretch is wanted.
  enum Place: Sendable {
    case newest
    case before(Message.ID)
    case around(Message.ID)
    case after(Message.ID)
  }

  let messages: [Message]
  let hasOlder: Bool
  let hasNewer: Bool

  static func load(
    _ place: Place, of conversation: Conversation.ID, size: Int = size, in db: Database
  ) throws -> MessagePage {
    switch place {
    case .newest:
      let older = try stretch("<", .max, descending: true, conversation, size, db)
      return MessagePage(messages: older.messages.reversed(), hasOlder: older.hasMore, hasNewer: false)
    case .before(let id):
      let older = try stretch("<", id, descending: true, conversation, size, db)
      let newer = try stretch(">=", id, descending: false, conversation, 0, db)
      return MessagePage(
        messages: older.messages.reversed(), hasOlder: older.hasMore, hasNewer: newer.hasMore)
    case .around(let id):
      let older = try stretch("<", id, descending: true, conversation, size / 2, db)
      let newer = try stretch(">=", id, descending: false, conversation, size / 2, db)
      return MessagePage(
        messages: older.messages.reversed() + newer.messages, hasOlder: older.hasMore,
        hasNewer: newer.hasMore)
    case .after(let id):
      let newer = try stretch(">", id, descending: false, conversation, size, db)
      return MessagePage(messages: newer.messages, hasOlder: id > 0, hasNewer: newer.hasMore)
    }
  }

  private static func stretch(
    _ comparison: String, _ id: Message.ID, descending: Bool, _ conversation: Conversation.ID,
    _ limit: Int, _ db: Database
  ) throws -> (messages: [Message], hasMore: Bool) {
    let statement = try db.cachedStatement(
      sql: """
        SELECT \(Message.columns) FROM message JOIN user AS author ON author.id = message.author_id
        WHERE message.conversation_id = ? AND message.id \(comparison) ?
        ORDER BY message.id \(descending ? "DESC" : "ASC") LIMIT ?
        """)
    // One at a time: all rows at once would be copies of each value.
    let messages = try Array(
      Row.fetchCursor(statement, arguments: [conversation, id, limit + 1]).map { try Message($0, in: db) })
    return (Array(messages.prefix(limit)), messages.count > limit)
  }
}
