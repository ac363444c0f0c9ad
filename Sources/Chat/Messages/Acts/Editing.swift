import GRDB

/// The act of writing something else in the place of what one wrote. Nothing of what was there before is kept.
struct Editing: Sendable {
  let text: String
  /// When the message was last edited, as its author saw it when they began (0 for never); nil where they do not say.
  let base: Milliseconds?

  /// What was changed.
  struct Outcome: Sendable {
    /// Somebody was meant before and is no longer.
    let takesBackMention: Bool
  }

  /// - Returns: nil where it says the same as before.
  /// - Throws: ``ChatError/notFound``, ``MessageRefusal``, ``MessageText/Refusal``.
  func edit(_ id: Message.ID, by actor: User.ID, at now: Milliseconds, in db: Database) throws -> Outcome? {
    let rights = try MessageRights.of(actor, on: id, in: db)
    try rights.checkMayEdit()
    let message = rights.message
    let new = try MessageText(text, mayBeEmpty: !message.attachments.isEmpty).text
    guard new != message.text else { return nil }
    if let base, base != message.editedAt ?? 0 { throw MessageRefusal.changedMeanwhile }
    let mentions = try mentions(in: new, of: message, db: db)
    try db.cachedStatement(sql: "DELETE FROM mention WHERE message_id = ?").execute(arguments: [id])
    // An edit in the same millisecond as the one before is another one.
    let time = max(now, (message.editedAt ?? 0) + 1)
    try db.cachedStatement(
      sql: "UPDATE message SET text = ?, edited_at = ?, mention_count = ? WHERE id = ?"
    ).execute(arguments: [new, time, mentions.count, id])
    for (position, mention) in mentions.enumerated() {
      try mention.store(of: id, position: position, in: message.conversation, db: db)
    }
    // What was chosen of the old words cannot be found in the new ones.
    try Quote.forgetStretches(of: id, in: db)
    try Event.append(
      MessageChanged.self, audience: .members(of: message.conversation), subject: id, message: id, at: now,
      in: db)
    return Outcome(takesBackMention: Set(mentions.map(\.key)) != Set(message.mentions.map(\.key)))
  }

  /// Those who were meant before and still are: nobody is mentioned anew.
  private func mentions(in text: String, of message: Message, db: Database) throws -> [Mention] {
    guard !message.mentions.isEmpty else { return [] }
    let reading = MentionReading(
      group: message.conversation, chosen: message.mentions.compactMap { $0.user?.id },
      mayMeanAll: message.mentions.contains { $0.user == nil })
    let meant = Set(message.mentions.map(\.key))
    return try reading.mentions(in: text, db: db).filter { meant.contains($0.key) }
  }
}
