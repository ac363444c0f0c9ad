import GRDB
import Logging
import Synchronization

/// Keeps the write-ahead log short, whatever readers do.
///
/// SQLite starts it over with the first commit after all of it was moved into the file and nobody reads from it. Past
/// a bound a checkpoint waits for that while it keeps writers out: who begins to read meanwhile sees the newest
/// commit, and once all is moved the file alone, so that it waits for no read but those that were under way when it
/// began. Nobody has to be kept from reading, and steady readers cannot put it off. One reader that does not end, such
/// as another program's, costs writes a third of a second a minute, and the log grows until it has ended.
///
/// On the writer's thread, between its batches, but for ``isMoved`` and ``grew(to:)``.
final class WriteAheadLog: Sendable {
  private let pool: DatabasePool
  private let logger: Logger
  private let plan = Mutex(CheckpointPlan())
  private let touched = Mutex(TouchedPages())

  init(of pool: DatabasePool, logger: Logger) {
    self.pool = pool
    self.logger = logger
  }

  /// Where it has grown past the bound its file becomes as short again when it starts over.
  static let sizeLimit = CheckpointPlan.mostPages * 4_096

  /// Whether nothing was written since the last checkpoint that moved everything.
  var isMoved: Bool { plan.withLock { $0.isMoved } }

  /// A commit has made it so many pages long.
  func grew(to pages: Int) { plan.withLock { $0.committed(pages) } }

  /// After each batch. Blocks.
  func checkpointIfDue() {
    guard let kind = plan.withLock({ $0.due(at: .now) }) else { return }
    checkpoint(kind)
  }

  /// Moves what it can without waiting for anyone. Blocks.
  func checkpoint() { checkpoint(.passive) }

  /// At the end: leaves everything in the one file. Blocks.
  func empty() { checkpoint(.truncate(patience: ChatDatabase.busyMilliseconds)) }

  /// Overwrites unused bytes in a stretch of the file's pages. Blocks.
  func scrub(from page: Int) throws -> Scrubbing.Progress {
    try pool.writeWithoutTransaction { db in
      note(db)
      if page <= 2 { touched.withLock { $0.forget() } }
      return try Scrubbing.run(from: page, in: db)
    }
  }

  /// The same in some of the pages that were written since they were last looked at. Blocks.
  func forget() throws -> Forgetting.Progress {
    try pool.writeWithoutTransaction { db in
      note(db)
      let (some, areAll) = touched.withLock { ($0.take(Scrubbing.mostAtOnce), $0.areAll) }
      guard !areAll else { return .needsAll }
      do {
        let isDone = try Scrubbing.run(some, in: db)
        if !isDone { touched.withLock { $0.putBack(some) } }
        return !isDone ? .blocked : touched.withLock { $0.isEmpty } ? .done : .more
      } catch {
        touched.withLock { $0.putBack(some) }
        throw error
      }
    }
  }

  /// Whether many pages wait to be looked at.
  var hasManyTouched: Bool { touched.withLock { $0.pages.count > TouchedPages.many } }

  private func note(_ db: Database) { touched.withLock { $0.note(logOf: db) } }

  private func checkpoint(_ kind: Checkpoint.Kind) {
    let result = Result {
      try pool.writeWithoutTransaction { db in
        note(db)
        return try Checkpoint.make(kind, in: db)
      }
    }
    let (warns, pages) = plan.withLock { plan in
      plan.made(kind, try? result.get(), at: .now)
      return (plan.warns(at: .now), plan.size)
    }
    guard warns else { return }
    var reason = "someone has been reading for long"
    if case .failure(let error) = result { reason = "\(error)" }
    logger.warning(
      "The database's write-ahead log cannot start over, and grows",
      metadata: ["megabytes": "\(pages * 4_096 / 1_000_000)", "reason": "\(reason)"])
  }
}
