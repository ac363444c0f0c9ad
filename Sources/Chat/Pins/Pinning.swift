import GRDB

/// The act of pinning a message to its conversation, or of unpinning it.
enum Pinning {
  /// - Returns: the conversation that it stands in.
  /// - Throws: ``ChatError/notFound``, ``MessageRefusal``.
  static func pin(_ message: Message.ID, by actor: User.ID, at now: Milliseconds, in db: Database) throws
    -> Conversation
  {
    let rights = try MessageRights.of(actor, on: message, in: db)
    try rights.checkMayPin()
    let conversation = rights.conversation.id
    try db.cachedStatement(sql: "DELETE FROM pin WHERE conversation_id = ? AND message_id = ?")
      .execute(arguments: [conversation, message])
    if db.changesCount == 0 {
      guard try Pin.count(of: conversation, in: db) < Pin.most else { throw MessageRefusal.tooManyPins }
      try db.cachedStatement(sql: "INSERT INTO pin VALUES (?, ?, ?)").execute(arguments: [
        conversation, message, now,
      ])
    }
    try Event.append(
      PinsChanged.self, audience: .members(of: conversation), subject: conversation, at: now, in: db)
    return rights.conversation
  }
}
