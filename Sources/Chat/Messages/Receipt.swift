import Foundation
import GRDB
import Web

/// What the author of messages in a talk of two is told of them: that they were sent, and how far the other one has read,
/// if both tell that. A message's own HTML has an empty place for it, so that it is the same for everyone.
struct Receipts: Sendable, Hashable {
  /// So many messages are told of at once as read, the newest.
  private static let most = 50
  private static let place = "<span class=\"receipt\"></span>"

  let conversation: Conversation.ID
  let author: User.ID
  /// The newest message that the other one has read; 0 where they do not tell, or are not told.
  let readThrough: Message.ID

  /// - Returns: nil for a group, and where the other one's account is gone, of whom nothing is told any more.
  static func of(_ conversation: Conversation, for author: User.ID, in db: Database) throws -> Receipts? {
    guard let other = conversation.other(than: author) else { return nil }
    let row = try Row.fetchOne(
      db.cachedStatement(
        sql: """
          SELECT iif(EXISTS (SELECT 1 FROM user WHERE id IN (?2, ?3) AND hides_reading = 1), 0, last_read_message_id)
            AS read_through, user.full_name = '' AS is_gone
          FROM member JOIN user ON user.id = member.user_id WHERE conversation_id = ?1 AND user_id = ?2
          """), arguments: [conversation.id, other, author])
    guard let row, row["is_gone"] == false else { return nil }
    let through: Message.ID = row["read_through"]
    return Receipts(conversation: conversation.id, author: author, readThrough: through)
  }

  /// Those of the talks in which the other one has read since an event.
  static func since(_ event: Event.ID, of author: User.ID, in db: Database) throws -> [Receipts] {
    let conversations = try Row.fetchAll(
      db.cachedStatement(
        sql: """
          SELECT \(Conversation.columns) FROM member AS own
          JOIN conversation ON conversation.id = own.conversation_id AND conversation.kind = 'direct'
          JOIN member AS other ON other.conversation_id = own.conversation_id AND other.user_id <> own.user_id
          WHERE own.user_id = ?1 AND other.read_event_id >= max(1, ?2)
          ORDER BY other.read_event_id DESC LIMIT 20
          """), arguments: [author, event]
    ).map { Conversation($0) }
    return try conversations.compactMap { try of($0, for: author, in: db) }
  }

  /// A message with what its author is told of it; others are told nothing.
  func html(_ message: Message, _ html: String, _ fragments: Fragments) -> String {
    guard message.author.id == author else { return html }
    let state = fragments.receipt(isRead: message.id <= readThrough)
    // It stands behind the text, however long that is.
    guard let range = html.range(of: Self.place, options: [.backwards, .literal]) else { return html }
    return html.replacingCharacters(in: range, with: "<span class=\"receipt\"> \(state)</span>")
  }

  /// The newest of the author's messages that have been read.
  func readMessages(in db: Database) throws -> [Message.ID] {
    try Message.ID.fetchAll(
      db.cachedStatement(
        sql: """
          SELECT id FROM message WHERE conversation_id = ? AND id <= ? AND author_id = ? AND line IS NULL
          ORDER BY id DESC LIMIT ?
          """), arguments: [conversation, readThrough, author, Self.most])
  }
}

extension Fragments {
  func receipt(isRead: Bool) -> String {
    render(
      "fragments/receipt",
      View([
        "tick": isRead ? "✓✓" : "✓",
        "word": isRead ? Sentence("Read", in: "receipt") : Sentence("Sent", in: "receipt"), "isRead": isRead,
      ]))
  }

  /// Says of all one's own messages in a place that they were sent.
  func unread(in place: String) -> String {
    render("fragments/receipts-taken-back", View(["place": place, "receipt": receipt(isRead: false)]))
  }

  /// Says of messages that they have been read.
  func read(_ messages: [Message.ID]) -> String {
    let places = messages.map { "#message-\($0) .receipt" }.joined(separator: ", ")
    return render("fragments/receipts", View(["places": places, "receipt": receipt(isRead: true)]))
  }
}
