import GRDB
import Web

/// The one writer. Writes that arrive together share one transaction and one sync to disk (group commit);
/// each stands in a savepoint of its own, so that one that fails takes no other along. Nobody is answered
/// before the transaction is durable.
///
/// Bounded: past ``maximumWaiting`` writes the next is refused with ``Busy``.
actor Writer {
  static let maximumWaiting = 4_096
  static let maximumBatch = 256
  /// A WAL of this many pages of 4 KiB is moved into the file even while writes wait.
  private static let checkpointPages = 1_024
  /// Every so often it is looked whether nothing was written since, and the WAL is moved into the file then.
  private static let idleTime = Duration.seconds(1)

  /// A message dirties about as many pages: its own, its indexes', the event's and the conversation's.
  private static let pagesPerWrite = 6

  /// Too many writes wait; trying again in a moment helps.
  struct Busy: Error {}

  private struct Job: Sendable {
    let run: @Sendable (Database) throws -> Void
    let finish: @Sendable ((any Error)?) -> Void
  }

  private let pool: DatabasePool
  private let thread = BlockingThreads(1)
  private let maximumBatch: Int
  private let checkpoints: Bool
  private var waiting: [Job] = []
  private var loop: Task<Void, Never>?
  private var idle: Task<Void, Never>?
  /// About how many pages the WAL has grown by since the last checkpoint.
  private var walPages = 0
  private var commits = 0
  private var onCommit: @Sendable () -> Void = {}

  init(pool: DatabasePool, maximumBatch: Int, checkpoints: Bool) {
    self.pool = pool
    self.maximumBatch = maximumBatch
    self.checkpoints = checkpoints
  }

  /// `action` runs after every commit.
  func whenCommitted(_ action: @escaping @Sendable () -> Void) { onCommit = action }

  /// Writes in a shared transaction and returns when that is on the disk.
  func write<Value: Sendable>(
    _ body: @escaping @Sendable (Database) throws -> Value
  ) async throws -> Value {
    guard waiting.count < Self.maximumWaiting else { throw Busy() }
    let outcome = Outcome<Value>()
    try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<Void, any Error>) in
      waiting.append(
        Job(
          run: { outcome.value = try body($0) },
          finish: { error in
            if let error { continuation.resume(throwing: error) } else { continuation.resume() }
          }))
      if loop == nil { loop = Task { await drain() } }
    }
    return try outcome.taken()
  }

  /// Returns when nothing waits any more.
  func finish() async {
    while let loop { await loop.value }
    idle?.cancel()
    await checkpoint("TRUNCATE")
  }

  /// Empties the WAL and overwrites unused bytes in a stretch of the file's pages.
  func scrub(from page: Int) async throws -> Scrubbing.Progress {
    try await onThread { try Scrubbing.run(from: page, in: $0) }
  }

  private func drain() async {
    while !waiting.isEmpty {
      let batch = Array(waiting.prefix(maximumBatch))
      waiting.removeFirst(batch.count)
      let start = ContinuousClock.now
      await commit(batch)
      if walPages >= Self.checkpointPages { await checkpoint() }
      await gather(batch.count, within: (.now - start) / 10)
    }
    loop = nil
    if idle == nil, checkpoints { idle = Task { await checkpointWhenIdle() } }
  }

  /// One timer for any number of writes.
  private func checkpointWhenIdle() async {
    while walPages > 0 {
      let before = commits
      guard (try? await Task.sleep(for: Self.idleTime)) != nil else { return }
      if commits == before, loop == nil { await checkpoint() }
    }
    idle = nil
  }

  /// Those who were just answered often write again at once. Waiting for as many, for at most a tenth of
  /// what a commit takes, lets them share the next one instead of every second one. A lone writer is not
  /// waited for.
  private func gather(_ answered: Int, within time: Duration) async {
    guard answered > 1 || !waiting.isEmpty else { return }
    let expected = min(waiting.count + answered, maximumBatch)
    let deadline = ContinuousClock.now + time
    while waiting.count < expected, .now < deadline { await Task.yield() }
  }

  private func commit(_ batch: [Job]) async {
    let failures: [(any Error)?]
    do {
      failures = try await onThread { db in try Self.runTogether(batch, in: db) }
      onCommit()
    } catch {
      failures = batch.map { _ in error }
    }
    for (job, failure) in zip(batch, failures) { job.finish(failure) }
    walPages += batch.count * Self.pagesPerWrite
    commits += 1
  }

  private func onThread<Value: Sendable>(
    _ work: @escaping @Sendable (Database) throws -> Value
  ) async throws -> Value {
    try await thread.run { [pool] in try pool.writeWithoutTransaction(work) }
  }

  /// - Returns: for each job the error that it alone failed with, or nil.
  /// - Throws: when nothing of the batch was written, such as when the disk is full.
  private static func runTogether(_ batch: [Job], in db: Database) throws -> [(any Error)?] {
    var failures: [(any Error)?] = []
    try db.inTransaction(.immediate) {
      // A lone one needs no savepoint, which keeps a copy of each page that it changes.
      guard batch.count > 1 else {
        try batch.first?.run(db)
        failures = [nil]
        return .commit
      }
      for job in batch {
        do {
          try db.inSavepoint {
            try job.run(db)
            return .commit
          }
          failures.append(nil)
        } catch {
          guard db.isInsideTransaction else { throw error }
          failures.append(error)
        }
      }
      return .commit
    }
    return failures
  }

  /// - Parameter mode: see `PRAGMA wal_checkpoint`; TRUNCATE, at the end, leaves everything in one file.
  private func checkpoint(_ mode: String = "PASSIVE") async {
    guard checkpoints else { return }
    walPages = 0
    _ = try? await onThread { db in
      try Int.fetchOne(db, sql: "PRAGMA wal_checkpoint(\(mode))")
    }
  }
}

/// Carries a write's value from the database's queue to the task that waits for it; the continuation in
/// between orders the two.
private final class Outcome<Value: Sendable>: @unchecked Sendable {
  var value: Value?

  struct Missing: Error {}

  func taken() throws -> Value {
    guard let value else { throw Missing() }
    return value
  }
}
