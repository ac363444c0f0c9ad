import Foundation
import GRDB
import Logging

/// Keeps the event log from growing without a bound: by age and by number. What is pruned is remembered as
/// one number, so that a client which had less is told to fetch its page anew and never sees a gap.
struct EventLog: Sendable {
  /// How long and how many events are kept.
  struct Limits: Sendable {
    var age: Milliseconds = 30 * 24 * 3_600_000
    var count: Int64 = 500_000
  }

  /// At most so many go in one write, so that no send waits for long.
  private static let batch: Int64 = 1_000

  let database: ChatDatabase
  let logger: Logger
  var limits = Limits()

  /// Keeps the limits until its task is cancelled.
  func run() async {
    repeat {
      do { try await prune() } catch is CancellationError {
        return
      } catch {
        logger.warning("The event log was not pruned", metadata: ["error": "\(error)"])
      }
    } while (try? await Task.sleep(for: .seconds(3_600))) != nil
  }

  /// Prunes all that is over the limits, a batch a write.
  func prune(at now: Milliseconds = Date.now.milliseconds) async throws {
    let limits = limits
    let last = try await database.read { db -> Event.ID in
      let newest = try Event.newestOfAll(in: db)
      let young = try Event.ID.fetchOne(
        db, sql: "SELECT id FROM event WHERE created_at >= ? ORDER BY created_at, id LIMIT 1",
        arguments: [now - limits.age])
      return max(newest - limits.count, (young ?? newest + 1) - 1)
    }
    var pruned = try await database.read { try Event.prunedThrough(in: $0) }
    while pruned < last {
      let through = min(pruned + Self.batch, last)
      try await database.writer.write { db in
        try db.execute(sql: "DELETE FROM event WHERE id <= ?", arguments: [through])
        try db.execute(sql: "UPDATE event_log SET pruned_through = ?", arguments: [through])
      }
      pruned = through
    }
  }
}
