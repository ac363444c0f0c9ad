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
    try keep(found, isWhole ? found.text : nil, by: actor, at: now, in: db)
    for attachment in found.attachments where isWhole || attachment.name == image {
      try Attachment.withdraw(attachment.name, from: message, in: db)
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

  /// What was withdrawn of it a moment ago comes back together with this, if it does.
  private func keep(
    _ found: Message, _ text: String?, by actor: User.ID, at now: Milliseconds, in db: Database
  ) throws {
    let mentions = found.mentions.map { [$0.user?.id ?? 0, Int64($0.start), Int64($0.length)] }
    try db.cachedStatement(
      sql: """
        INSERT INTO withdrawn (message_id, user_id, text, mentions, due_at) VALUES (?, ?, ?, ?, ?)
        ON CONFLICT DO UPDATE SET user_id = excluded.user_id, text = excluded.text, mentions = excluded.mentions,
          due_at = excluded.due_at
        """
    ).execute(arguments: [
      message, actor, text, text == nil ? "[]" : "\(mentions)", now + Self.time,
    ])
  }

  /// Takes it back: what was deleted is there again, as long as it was its deleter who asks, in time.
  /// - Throws: ``ChatError/notFound``, ``MessageRefusal``.
  func undo(by actor: User.ID, at now: Milliseconds, in db: Database) throws {
    let rights = try MessageRights.of(actor, on: message, in: db)
    let row = try Row.fetchOne(
      db.cachedStatement(sql: "SELECT user_id, text, mentions, due_at FROM withdrawn WHERE message_id = ?"),
      arguments: [message])
    guard let row, row["user_id"] == actor, row["due_at"] > now, !rights.message.author.isDeleted else {
      throw MessageRefusal.tooLateToUndo
    }
    let mentions = Self.mentions(row["mentions"])
    if let text = row["text"] as String? {
      try db.cachedStatement(
        sql: "UPDATE message SET text = ?, mention_count = ?, deleted_by = NULL WHERE id = ?"
      ).execute(arguments: [text, mentions.count, message])
      let insert = try db.cachedStatement(sql: "INSERT INTO mention VALUES (?, ?, ?, ?, ?, ?)")
      for (position, mention) in mentions.enumerated() {
        try insert.execute(arguments: [
          message, position, mention[0], rights.conversation.id, mention[1], mention[2],
        ])
      }
    }
    try Attachment.restore(to: message, in: db)
    // Others may have been pinned in its place meanwhile.
    if try Pin.count(of: rights.conversation.id, in: db) > Pin.most {
      try db.cachedStatement(sql: "DELETE FROM pin WHERE message_id = ?").execute(arguments: [message])
    }
    try db.cachedStatement(sql: "DELETE FROM withdrawn WHERE message_id = ?").execute(arguments: [message])
    try tell(rights.message, at: now, in: db)
  }

  func mayUndo(_ actor: User.ID, at now: Milliseconds, in db: Database) throws -> Bool {
    try Bool.fetchOne(
      db.cachedStatement(
        sql: "SELECT EXISTS (SELECT 1 FROM withdrawn WHERE message_id = ? AND user_id = ? AND due_at > ?)"),
      arguments: [message, actor, now]) ?? false
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
