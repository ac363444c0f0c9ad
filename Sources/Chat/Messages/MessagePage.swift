import GRDB

/// A stretch of the messages in a conversation that a person may see, oldest first, found by keyset: nothing is counted or sorted.
struct MessagePage: Sendable, Hashable {
  static let size = 50

  /// Which stretch is wanted.
  enum Place: Sendable {
    case newest
    /// The first that its reader has not read, where not all of that is on the newest page: see ``ChatView``.
    case unread
    case before(Message.ID)
    case around(Message.ID)
    case after(Message.ID)
  }

  let messages: [Message]
  let hasOlder: Bool
  let hasNewer: Bool

  static func load(
    _ place: Place, of conversation: Conversation.ID, _ sight: Sight, size: Int = size, in db: Database
  ) throws -> MessagePage {
    let conversation = (id: conversation, sight: sight)
    switch place {
    case .newest, .unread:
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
    _ comparison: String, _ id: Message.ID, descending: Bool,
    _ conversation: (id: Conversation.ID, sight: Sight), _ limit: Int, _ db: Database
  ) throws -> (messages: [Message], hasMore: Bool) {
    let sql = """
      SELECT \(Message.columns) FROM message JOIN user AS author ON author.id = message.author_id
      WHERE message.conversation_id = ? AND message.id \(comparison) ?
        AND \(conversation.sight.condition("message.id"))
      ORDER BY message.id \(descending ? "DESC" : "ASC") LIMIT ?
      """
    // Of those that see a part only each has a statement of its own.
    let statement = try conversation.sight.isWhole ? db.cachedStatement(sql: sql) : db.makeStatement(sql: sql)
    let messages = try Message.fetch(statement, [conversation.id, id, limit + 1], in: db)
      .map { $0.seen(by: conversation.sight) }
    return (Array(messages.prefix(limit)), messages.count > limit)
  }
}
