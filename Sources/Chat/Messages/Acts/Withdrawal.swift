import Foundation
import GRDB

/// The act of deleting a message, or one picture of it. It is out of everyone's sight at once; who deleted it can take that
/// back for ``time``, and after that nothing of it is left, see ``Withdrawals``.
struct Withdrawal: Sendable {
  /// How long it can be taken back, in milliseconds.
  static let time: Milliseconds = 10_000

  let message: Message.ID
  /// The file's name of the one picture that is to go; nil for the whole message.
  var image: String?

  /// - Returns: nil where it was gone already.
  /// - Throws: ``ChatError/notFound``, ``MessageRefusal``.
  func withdraw(by actor: User.ID, at now: Milliseconds, in db: Database) throws -> Event.ID? {
    let rights = try MessageRights.of(actor, on: message, in: db)
    try rights.checkMayDelete()
    let found = rights.message
    guard !found.isDeleted else { return nil }
    if let image, !found.attachments.contains(where: { $0.name == image }) {
      throw MessageRefusal.noSuchImage
    }
    // A message of one picture and no words is gone with it.
    let isWhole = image == nil || found.text.isEmpty && found.attachments.count == 1
    let due = now + Self.time
    if isWhole { try keep(found, by: actor, until: due, in: db) }
    for attachment in found.attachments where isWhole || attachment.name == image {
      try Attachment.withdraw(attachment.name, from: message, by: actor, until: due, in: db)
    }
    let left = isWhole ? 0 : found.attachments.count - 1
    try db.cachedStatement(
      sql: """
        UPDATE message SET text = iif(?2, '', text), attachment_count = ?3,
          deleted_by = iif(?2, ?4, deleted_by) WHERE id = ?1
        """
    ).execute(arguments: [message, isWhole, left, rights.deleter.rawValue])
    return try tell(found, at: now, in: db)
  }

  private func keep(_ found: Message, by actor: User.ID, until due: Milliseconds, in db: Database) throws {
    let mentions = found.mentions.map { [$0.user?.id ?? 0, Int64($0.start), Int64($0.length)] }
    try db.cachedStatement(
      sql: "INSERT INTO withdrawn (message_id, user_id, text, mentions, due_at) VALUES (?, ?, ?, ?, ?)"
    ).execute(arguments: [message, actor, found.text, "\(mentions)", due])
  }

  /// Takes it back: what `actor` deleted is there again, as long as there was time. What somebody else deleted of it
  /// stays gone, and of a message that somebody else deleted nothing comes back.
  /// - Throws: ``ChatError/notFound``, ``MessageRefusal``.
  func undo(by actor: User.ID, at now: Milliseconds, in db: Database) throws {
    let rights = try MessageRights.of(actor, on: message, in: db)
    guard try mayUndo(actor, at: now, in: db), !rights.message.author.isDeleted else {
      throw MessageRefusal.tooLateToUndo
    }
    try restoreText(in: rights.conversation.id, db: db)
    try Attachment.restore(to: message, of: actor, at: now, in: db)
    // Others may have been pinned in its place meanwhile.
    if try Pin.count(of: rights.conversation.id, in: db) > Pin.most {
      try db.cachedStatement(sql: "DELETE FROM pin WHERE message_id = ?").execute(arguments: [message])
    }
    try tell(rights.message, at: now, in: db)
  }

  private func restoreText(in conversation: Conversation.ID, db: Database) throws {
    let row = try Row.fetchOne(
      db.cachedStatement(sql: "DELETE FROM withdrawn WHERE message_id = ? RETURNING text, mentions"),
      arguments: [message])
    guard let row else { return }
    let mentions = Self.mentions(row["mentions"])
    try db.cachedStatement(
      sql: "UPDATE message SET text = ?, mention_count = ?, deleted_by = NULL WHERE id = ?"
    ).execute(arguments: [row["text"] as String?, mentions.count, message])
    let insert = try db.cachedStatement(sql: "INSERT INTO mention VALUES (?, ?, ?, ?, ?, ?)")
    for (position, mention) in mentions.enumerated() {
      try insert.execute(arguments: [
        message, position, mention[0], conversation, mention[1], mention[2],
      ])
    }
  }

  /// Whether something of it is theirs to take back: the message, or while that is there, pictures of it.
  func mayUndo(_ actor: User.ID, at now: Milliseconds, in db: Database) throws -> Bool {
    try Bool.fetchOne(
      db.cachedStatement(
        sql: """
          SELECT EXISTS (SELECT 1 FROM withdrawn WHERE message_id = ?1 AND user_id = ?2 AND due_at > ?3)
            OR EXISTS (SELECT 1 FROM withdrawn_attachment JOIN message ON message.id = message_id
              WHERE message_id = ?1 AND user_id = ?2 AND due_at > ?3 AND deleted_by IS NULL)
          """), arguments: [message, actor, now]) ?? false
  }

  private static func mentions(_ stored: String) -> [[Int64]] {
    let all = try? JSONDecoder().decode([[Int64]].self, from: Data(stored.utf8))
    return (all ?? []).filter { $0.count == 3 }
  }

  @discardableResult
  private func tell(_ found: Message, at now: Milliseconds, in db: Database) throws -> Event.ID {
    try Event.append(
      MessageChanged.self, audience: .members(of: found.conversation), subject: message, message: message,
      at: now, in: db)
  }
}
