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
      try Milliseconds.fetchOne(
        db,
        sql: """
          SELECT min(due_at) FROM (
            SELECT min(due_at) AS due_at FROM withdrawn UNION ALL SELECT min(due_at) FROM withdrawn_attachment)
          """)
    }) {
      let time = due - Date.now.milliseconds
      if time > 0 { try await Task.sleep(for: .milliseconds(time)) }
      try await finish(before: Date.now.milliseconds)
    }
  }

  /// Some of those that nobody can take back at that time.
  func finish(before now: Milliseconds) async throws {
    let files = try await database.writer.write { [pages = database.pages] db in
      // Nobody has seen any of it since it was deleted.
      pages.tellNobody()
      return try Self.finish(before: now, in: db)
    }
    await uploads.remove(files)
    database.forgetting.forgetSoon()
  }

  /// - Returns: the names of the files whose rows are gone.
  private static func finish(before now: Milliseconds, in db: Database) throws -> [String] {
    let messages = try Message.ID.fetchAll(
      db.cachedStatement(sql: "DELETE FROM withdrawn WHERE due_at <= ? RETURNING message_id"),
      arguments: [now])
    for message in messages { try Message.forgetRelations(of: message, in: db) }
    return try Attachment.deleteWithdrawn(batch, before: now, in: db)
  }
}
