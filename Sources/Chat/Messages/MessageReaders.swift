import GRDB

/// Who has read a message of a group, as far as they tell and its viewer does: who does not tell is not told.
struct MessageReaders: Sendable {
  /// So many are named.
  private static let most = 200

  let people: [User]
  let count: Int

  /// - Returns: nil in a talk of two, where the message says it itself, and for a viewer who does not tell.
  static func load(of message: Message, for viewer: User.ID, in db: Database) throws -> MessageReaders? {
    guard try Group.find(message.conversation, in: db) != nil, message.line == nil,
      try Privacy.of(viewer, in: db).showsReading
    else { return nil }
    // Whoever came in later begins with all that was there as read, and has not read it.
    let condition = """
      FROM member JOIN user ON user.id = member.user_id
      WHERE member.conversation_id = ?1 AND member.last_read_message_id >= ?2 AND member.user_id <> ?3
        AND user.hides_reading = 0 AND member.joined_at <= ?4
      """
    let arguments: StatementArguments = [
      message.conversation, message.id, message.author.id, message.createdAt,
    ]
    let people = try Row.fetchAll(
      db.cachedStatement(
        sql: "SELECT \(User.columns("user")) \(condition) ORDER BY user.sort_name, user.id LIMIT \(most)"),
      arguments: arguments
    ).map { User($0) }
    let count = try Int.fetchOne(
      db.cachedStatement(sql: "SELECT count(*) \(condition)"), arguments: arguments)
    return MessageReaders(people: people, count: count ?? people.count)
  }
}
