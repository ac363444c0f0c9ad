import GRDB
import Web

/// A message without text and images is one whose content was deleted.
extension Message {
  static let deletedText = Sentence("Message deleted")

  var deletedWords: Sentence { deletedBy.map { $0.sentence } ?? Self.deletedText }

  var isDeleted: Bool { text.isEmpty && attachments.isEmpty && line == nil }

  /// Some of those that `author` sent with a client id.
  static func withClientID(of author: User.ID, _ limit: Int, in db: Database) throws -> [ID] {
    try ID.fetchAll(
      db, sql: "SELECT id FROM message WHERE author_id = ? AND client_id IS NOT NULL LIMIT ?",
      arguments: [author, limit])
  }

  /// Those that `author` sent without a client id, by id, and what there is in them.
  static func withoutClientID(
    of author: User.ID, after id: ID, _ limit: Int, in db: Database
  ) throws -> [(id: ID, hasText: Bool, hasAttachments: Bool)] {
    try Row.fetchAll(
      db,
      sql: """
        SELECT id, text <> '' AND line IS NULL AS has_text, attachment_count > 0 AS has_attachments FROM message
        WHERE author_id = ? AND client_id IS NULL AND id > ? ORDER BY id LIMIT ?
        """, arguments: [author, id, limit]
    ).map { ($0["id"], $0["has_text"], $0["has_attachments"]) }
  }

  /// Takes the images and the client ids out of messages, and the texts unless they are to stay. Of those that are empty
  /// then nothing is left; where one was pinned, that is told.
  static func empty(_ messages: [ID], keepsText: Bool, at now: Milliseconds, in db: Database) throws {
    let statement = try db.cachedStatement(
      sql: """
        UPDATE message SET attachment_count = 0, client_id = NULL\(keepsText ? "" : ", text = ''") WHERE id = ?
        """)
    let isEmpty = try db.cachedStatement(
      sql: "SELECT EXISTS (SELECT 1 FROM message WHERE id = ? AND text = '' AND line IS NULL)")
    var pinned: Set<Conversation.ID> = []
    for id in messages {
      try statement.execute(arguments: [id])
      guard try Bool.fetchOne(isEmpty, arguments: [id]) == true else { continue }
      if let conversation = try Pin.conversation(of: id, in: db) { pinned.insert(conversation) }
      try forgetRelations(of: id, in: db)
    }
    for conversation in pinned.sorted() {
      try Event.append(
        PinsChanged.self, audience: .members(of: conversation), subject: conversation, at: now, in: db)
    }
  }

  /// What stands with a message and means nothing without it: reactions, its pin, what it answered.
  static func forgetRelations(of message: ID, in db: Database) throws {
    for table in ["reaction", "pin"] {
      try db.cachedStatement(sql: "DELETE FROM \(table) WHERE message_id = ?").execute(arguments: [message])
    }
    try db.cachedStatement(
      sql: "UPDATE message SET reply_to = NULL, quote_start = 0, quote_length = 0 WHERE id = ?"
    ).execute(arguments: [message])
  }
}
