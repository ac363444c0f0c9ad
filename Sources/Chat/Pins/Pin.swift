import GRDB
import Web

/// A message that stands under the heading of its conversation.
struct Pin: Sendable, Hashable {
  let message: Message

  /// The most in one conversation.
  static let most = 20

  /// What stands for it on one line.
  var words: Sentence { Quote.Original(message).words }

  /// Those of a conversation, the one that was pinned last first. One that was deleted is none.
  static func all(of conversation: Conversation.ID, in db: Database) throws -> [Pin] {
    try Message.fetch(
      db.cachedStatement(
        sql: """
          SELECT \(Message.columns) FROM pin JOIN message ON message.id = pin.message_id
          JOIN user AS author ON author.id = message.author_id
          WHERE pin.conversation_id = ? AND message.deleted_by IS NULL ORDER BY pin.created_at DESC, pin.message_id DESC LIMIT \(most)
          """), [conversation], in: db
    ).filter { !$0.isDeleted }.map { Pin(message: $0) }
  }

  /// Those that one sees who sees so much of the conversation.
  static func all(of conversation: Conversation.ID, _ sight: Sight, in db: Database) throws -> [Pin] {
    try all(of: conversation, in: db).filter { sight.sees(message: $0.message.id) }
  }

  /// One that was deleted takes no place, though it may come back for a moment.
  static func count(of conversation: Conversation.ID, in db: Database) throws -> Int {
    try Int.fetchOne(
      db.cachedStatement(
        sql: """
          SELECT count(*) FROM pin JOIN message ON message.id = pin.message_id
          WHERE pin.conversation_id = ? AND message.deleted_by IS NULL
          """), arguments: [conversation]) ?? 0
  }

  /// Where it is pinned; nil where it is not.
  static func conversation(of message: Message.ID, in db: Database) throws -> Conversation.ID? {
    try Conversation.ID.fetchOne(
      db.cachedStatement(sql: "SELECT conversation_id FROM pin WHERE message_id = ?"), arguments: [message])
  }

  static func has(_ message: Message.ID, in db: Database) throws -> Bool {
    try conversation(of: message, in: db) != nil
  }

  var view: View {
    View(["id": message.id, "author": message.author.name, "authorID": message.author.id, "line": words])
  }

  /// As the bar under the heading shows them: the first, and how many there are.
  static func bar(_ pins: [Pin], of conversation: Conversation.ID) -> View? {
    guard let first = pins.first else { return nil }
    return View([
      "id": first.message.id, "authorID": first.message.author.id, "line": first.words,
      "ids": pins.map { String($0.message.id) }.joined(separator: " "),
      "address": "/conversations/\(conversation)/details#pinned",
      "count": pins.count > 1
        ? Sentence(one: "1 of {count}", other: "1 of {count}", count: pins.count) : nil,
    ])
  }
}
