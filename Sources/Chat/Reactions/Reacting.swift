import GRDB

/// The act of reacting to a message with an emoji, or of taking that back. Who may read a message may react to it.
struct Reacting: Sendable {
  let emoji: String

  /// - Throws: ``ChatError/notFound``, ``MessageRefusal``.
  func react(to message: Message.ID, by actor: User.ID, at now: Milliseconds, in db: Database) throws {
    let rights = try MessageRights.of(actor, on: message, in: db)
    try rights.checkMayReact()
    guard let emoji = ReactionEmoji(emoji) else { throw MessageRefusal.noEmoji }
    try db.cachedStatement(sql: "DELETE FROM reaction WHERE message_id = ? AND emoji = ? AND user_id = ?")
      .execute(arguments: [message, emoji.key, actor])
    if db.changesCount == 0 {
      let kinds = try String.fetchSet(
        db.cachedStatement(sql: "SELECT DISTINCT emoji FROM reaction WHERE message_id = ?"),
        arguments: [message])
      guard kinds.contains(emoji.key) || kinds.count < Reaction.mostKinds else {
        throw MessageRefusal.tooManyReactions
      }
      try db.cachedStatement(sql: "INSERT INTO reaction VALUES (?, ?, ?, ?)").execute(arguments: [
        message, emoji.key, actor, now,
      ])
    }
    try Event.append(
      ReactionsChanged.self, audience: .members(of: rights.conversation.id), subject: message,
      message: message, at: now, in: db)
  }
}
