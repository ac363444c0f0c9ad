import Foundation
import GRDB
import Logging

/// Deletes for good what was withdrawn, once nobody can take it back any more: texts, images with their files, reactions
/// and pins, and every byte of them. What a stop or a crash cut off goes on at the next start.
struct Withdrawals: Sendable {
  private static let batch = 100

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

  /// Something was withdrawn.
  func look() { poke.yield() }

  /// Until its task is cancelled.
  func run() async {
    for await _ in pokes {
      do { try await finishAll() } catch is CancellationError { return } catch {
        logger.warning("A message could not be deleted yet", metadata: ["error": "\(error)"])
        try? await Task.sleep(for: .seconds(5))
        poke.yield()
      }
    }
  }

  private func finishAll() async throws {
    while let due = try await database.read({ db in
      try Milliseconds.fetchOne(db, sql: "SELECT min(due_at) FROM withdrawn")
    }) {
      let time = due - Date.now.milliseconds
      if time > 0 { try await Task.sleep(for: .milliseconds(time)) }
      let now = Date.now.milliseconds
      let files = try await database.writer.write { db in try Self.finish(before: now, in: db) }
      await uploads.remove(files)
      database.forgetting.forgetSoon()
    }
  }

  /// - Returns: the names of the files whose rows are gone.
  private static func finish(before now: Milliseconds, in db: Database) throws -> [String] {
    let rows = try Row.fetchAll(
      db, sql: "SELECT message_id, text IS NOT NULL AS is_whole FROM withdrawn WHERE due_at <= ? LIMIT ?",
      arguments: [now, batch])
    var files: [String] = []
    for row in rows {
      let message: Message.ID = row["message_id"]
      files += try Attachment.deleteWithdrawn(from: message, in: db)
      if row["is_whole"] {
        for table in ["reaction", "pin"] {
          try db.cachedStatement(sql: "DELETE FROM \(table) WHERE message_id = ?").execute(arguments: [
            message
          ])
        }
        try db.cachedStatement(
          sql: "UPDATE message SET reply_to = NULL, quote_start = 0, quote_length = 0 WHERE id = ?"
        ).execute(arguments: [message])
      }
      try db.cachedStatement(sql: "DELETE FROM withdrawn WHERE message_id = ?").execute(arguments: [message])
    }
    return files
  }
}
