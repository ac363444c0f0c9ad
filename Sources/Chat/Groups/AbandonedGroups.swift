import Foundation
import GRDB
import Logging

/// Removes groups that the last member has left, with every byte of them: files, messages, what the log says of them, and
/// what SQLite leaves unused in its pages. In writes so small that nobody waits for long, each of which can be made again:
/// one that a stop or a crash cut off goes on at the next start.
struct AbandonedGroups: Sendable {
  private static let batch = 200

  private let database: ChatDatabase
  private let uploads: Uploads
  private let logger: Logger
  private let pokes: AsyncStream<Void>
  private let poke: AsyncStream<Void>.Continuation

  init(database: ChatDatabase, uploads: Uploads, logger: Logger) {
    self.database = database
    self.uploads = uploads
    self.logger = logger
    (pokes, poke) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
    poke.yield()
  }

  /// Has it look soon, since somebody has left a group.
  func look() { poke.yield() }

  /// Until its task is cancelled.
  func run() async {
    for await _ in pokes {
      do { try await removeAll() } catch is CancellationError { return } catch {
        logger.warning("A group could not be removed yet", metadata: ["error": "\(error)"])
        try? await Task.sleep(for: .seconds(5))
        poke.yield()
      }
    }
  }

  private func removeAll() async throws {
    while let group = try await database.read({ db in
      try Conversation.ID.fetchOne(
        db, sql: "SELECT id FROM conversation WHERE kind = 'group' AND member_count = 0 LIMIT 1")
    }) {
      try await remove(group)
    }
  }

  /// Its row goes last, when nothing is left of what it held, so that one that was cut off goes on.
  private func remove(_ group: Conversation.ID) async throws {
    while true {
      let (files, isEmpty) = try await write(group) { try Self.removeSome(of: group, in: $0) }
      await uploads.remove(files)
      if isEmpty { break }
    }
    try await write(group) { try Self.blank(group, in: $0) }
    try await database.removeBackups()
    try await database.scrub()
    try await write(group) { db in
      try db.execute(sql: "DELETE FROM conversation WHERE id = ?", arguments: [group])
    }
  }

  /// Nobody's page shows it any more.
  private func write<Value: Sendable>(
    _ group: Conversation.ID, _ change: @escaping @Sendable (Database) throws -> Value
  ) async throws -> Value {
    try await database.writer.write { [pages = database.pages] db in
      pages.tell(.members(of: group))
      return try change(db)
    }
  }

  /// - Returns: the names of the files whose rows are gone, and whether there is nothing more.
  private static func removeSome(
    of group: Conversation.ID, in db: Database
  ) throws -> (files: [String], isEmpty: Bool) {
    let messages = try Message.ID.fetchAll(
      db, sql: "SELECT id FROM message WHERE conversation_id = ? LIMIT ?", arguments: [group, batch])
    let list = "[" + messages.map(String.init).joined(separator: ",") + "]"
    let files = try String.fetchAll(
      db,
      sql: """
        DELETE FROM attachment WHERE message_id IN (SELECT value FROM json_each(?1)) OR conversation_id = ?2
          OR id IN (SELECT attachment_id FROM withdrawn_attachment
            WHERE message_id IN (SELECT value FROM json_each(?1)))
        RETURNING name
        """, arguments: [list, group])
    try db.execute(
      sql: "DELETE FROM message WHERE id IN (SELECT value FROM json_each(?))", arguments: [list])
    try db.execute(
      sql: "DELETE FROM event WHERE id IN (SELECT id FROM event WHERE audience = ? LIMIT ?)",
      arguments: [group, batch])
    let isEmpty = try Bool.fetchOne(
      db,
      sql: """
        SELECT NOT EXISTS (SELECT 1 FROM message WHERE conversation_id = ?1)
          AND NOT EXISTS (SELECT 1 FROM event WHERE audience = ?1)
        """, arguments: [group])
    return (files, isEmpty == true)
  }

  private static func blank(_ group: Conversation.ID, in db: Database) throws {
    try db.execute(
      sql: """
        UPDATE conversation SET name = '', sort_name = '', folded_name = '', description = '', picture = NULL
        WHERE id = ?
        """, arguments: [group])
    // Until its segments are merged the index of names still has the words of one that was deleted.
    try db.execute(sql: "INSERT INTO group_name (group_name) VALUES ('optimize')")
  }
}
