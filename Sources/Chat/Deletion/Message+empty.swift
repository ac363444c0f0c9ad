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

  /// Takes the images and the client ids out of messages, and the texts unless they are to stay.
  static func empty(_ messages: [ID], keepsText: Bool, in db: Database) throws {
    let statement = try db.cachedStatement(
      sql: """
        UPDATE message SET attachment_count = 0, client_id = NULL\(keepsText ? "" : ", text = ''") WHERE id = ?
        """)
    for id in messages { try statement.execute(arguments: [id]) }
  }
}
