import GRDB
import Web

/// Somebody who is meant by name in a message of a group, or all who are in it. It is kept by the person's id, so that it
/// shows the name of today.
struct Mention: Sendable, Hashable {
  /// Nil for all.
  let user: User?
  /// Of the message's text, in Unicode scalars: `@` and the name as it was typed.
  let start: Int
  let length: Int

  /// What stands for the person in a page's `data-mention`.
  var key: String { user.map { String($0.id) } ?? "all" }

  /// The most in one message; what follows is text.
  static let most = 50
  /// In a group of more members only its administrators mention all.
  static let mostForEveryone = 50

  /// Those of messages that have some, by message and in their order.
  static func all(of messages: [Message.ID], in db: Database) throws -> [Message.ID: [Mention]] {
    guard !messages.isEmpty else { return [:] }
    return try Row.group(
      db.cachedStatement(
        sql: """
          SELECT message_id, start, length, \(User.columns("person")) FROM json_each(?)
          JOIN mention ON message_id = value LEFT JOIN user AS person ON person.id = mention.user_id
          ORDER BY message_id, position
          """), [GroupMembers.list(messages)], by: "message_id"
    ) { Mention(user: User(optional: $0, "person"), start: $0["start"], length: $0["length"]) }
  }

  func store(of message: Message.ID, position: Int, in conversation: Conversation.ID, db: Database) throws {
    try db.cachedStatement(sql: "INSERT INTO mention VALUES (?, ?, ?, ?, ?, ?)").execute(arguments: [
      message, position, user?.id ?? 0, conversation, start, length,
    ])
  }

  /// The conversations of those given in which someone is mentioned after a message.
  static func unread(
    of user: User.ID, after marks: [Conversation.ID: Message.ID], in db: Database
  ) throws -> Set<Conversation.ID> {
    guard !marks.isEmpty else { return [] }
    let list = marks.map { "[\($0.key),\($0.value)]" }.joined(separator: ",")
    return try Conversation.ID.fetchSet(
      db.cachedStatement(
        sql: """
          SELECT value ->> 0 FROM json_each(?2) WHERE EXISTS (
            SELECT 1 FROM mention JOIN message ON message.id = mention.message_id
            WHERE mention.user_id IN (?1, 0) AND mention.conversation_id = value ->> 0
              AND mention.message_id > value ->> 1 AND message.author_id <> ?1
              AND \(Sight.seesMessage("mention.message_id", in: "mention.conversation_id", "?1")))
          """), arguments: [user, "[" + list + "]"])
  }

  /// Of the text, in Unicode scalars.
  var range: Range<Int> { start..<(start + max(0, length)) }

  /// Those that stand in a text of so many scalars, in their order and none over another.
  static func standing(_ mentions: [Mention], in count: Int) -> [Mention] {
    var place = 0
    return mentions.sorted { $0.start < $1.start }.filter { mention in
      guard mention.start >= place, mention.length > 0, mention.range.upperBound <= count else {
        return false
      }
      place = mention.range.upperBound
      return true
    }
  }
}
