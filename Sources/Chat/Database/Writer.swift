import Foundation
import GRDB
import Synchronization
import Web

/// The one writer. Writes that arrive together share one transaction and one sync to disk (group commit);
/// each stands in a savepoint of its own, so that one that fails takes no other along. Nobody is answered
/// before the transaction is durable.
///
/// Bounded: past ``maximumWaiting`` writes the next is refused with ``Busy``.
final class Writer: Sendable {
  static let maximumWaiting = 4_096
  static let maximumBatch = 256
  /// Every so often it is looked whether nothing was written since, and the WAL is moved into the file then.
  private static let idleTime = Duration.seconds(1)

  /// Too many writes wait; trying again in a moment helps.
  struct Busy: Error {}

  /// Called when a write is durable: first what looks at the log needs, then whoever waits.
  private typealias Answer = @Sendable () -> Void
  private typealias Written = (committed: Answer, answer: Answer)

  private struct Job: Sendable {
    let run: @Sendable (Database) throws -> Written
    let fail: @Sendable (any Error) -> Void
  }

  private struct State: Sendable {
    var waiting: [Job] = []
    /// A turn is under way or will begin.
    var isBusy = false
    var idle: Task<Void, Never>?
    var commits = 0
    var onCommit: [@Sendable (Committed?) -> Void] = []
  }

  private let pool: DatabasePool
  private let pages: PageChanges
  private let thread = BlockingThreads(1)
  private let maximumBatch: Int
  private let log: WriteAheadLog?
  private let state = Mutex(State())

  /// - Parameter log: nil leaves checkpoints to another program.
  init(pool: DatabasePool, pages: PageChanges, maximumBatch: Int, log: WriteAheadLog?) {
    self.pool = pool
    self.pages = pages
    self.maximumBatch = maximumBatch
    self.log = log
  }

  /// `action` runs after every commit, with its events, or nil where they could not be read.
  func whenCommitted(_ action: @escaping @Sendable (Committed?) -> Void) {
    state.withLock { $0.onCommit.append(action) }
  }

  /// Writes in a shared transaction and returns when that is on the disk.
  /// - Parameter committed: called then on the writer's thread, before anyone looks at the log: quick.
  func write<Value: Sendable>(
    _ body: @escaping @Sendable (Database) throws -> Value,
    committed: @escaping @Sendable (Value) -> Void = { _ in }
  ) async throws -> Value {
    try await withCheckedThrowingContinuation { continuation in
      add(
        Job(
          run: { db in
            let value = try body(db)
            return ({ committed(value) }, { continuation.resume(returning: value) })
          },
          fail: { continuation.resume(throwing: $0) }))
    }
  }

  /// Returns when nothing waits any more and all is in the one file.
  func finish() async {
    while state.withLock({ $0.isBusy }) { await thread.runUncancelled {} }
    state.withLock { $0.idle?.cancel() }
    await thread.runUncancelled { self.log?.empty() }
  }

  /// Empties the WAL and overwrites unused bytes in a stretch of the file's pages.
  func scrub(from page: Int) async throws -> Scrubbing.Progress {
    try await thread.run { [log] in try log?.scrub(from: page) ?? .done }
  }

  /// The same in some of the pages that were written since.
  func forget() async throws -> Forgetting.Progress {
    try await thread.run { [log] in try log?.forget() ?? .done }
  }

  /// Whether many pages were written since the last time.
  var hasManyTouched: Bool { log?.hasManyTouched ?? false }

  private func add(_ job: Job) {
    let (isTaken, begins) = state.withLock { state in
      guard state.waiting.count < Self.maximumWaiting else { return (false, false) }
      state.waiting.append(job)
      let begins = !state.isBusy
      state.isBusy = true
      return (true, begins)
    }
    if !isTaken { job.fail(Busy()) }
    if begins { thread.begin { self.turn() } }
  }

  /// Commits what waits. The next turn comes after what else the thread has been given meanwhile.
  private func turn() {
    let batch = state.withLock { state in
      let batch = Array(state.waiting.prefix(maximumBatch))
      state.waiting.removeFirst(batch.count)
      return batch
    }
    let start = ContinuousClock.now
    commit(batch)
    log?.checkpointIfDue()
    gather(batch.count, within: (.now - start) / 10)
    let goesOn = state.withLock { state in
      state.isBusy = !state.waiting.isEmpty
      if !state.isBusy, state.idle == nil, let log, !log.isMoved {
        state.idle = Task { await checkpointWhenIdle(log) }
      }
      return state.isBusy
    }
    if goesOn { thread.begin { self.turn() } }
  }

  /// Those who were just answered often write again at once. Waiting for as many, for at most a tenth of
  /// what a commit takes, lets them share the next one instead of every second one. A lone writer is not
  /// waited for.
  private func gather(_ answered: Int, within time: Duration) {
    let waiting = state.withLock { $0.waiting.count }
    guard answered > 1 || waiting > 0 else { return }
    let expected = min(waiting + answered, maximumBatch)
    let deadline = ContinuousClock.now + time
    while state.withLock({ $0.waiting.count }) < expected, .now < deadline { sched_yield() }
  }

  private func commit(_ batch: [Job]) {
    let outcomes: [Result<Written, any Error>]
    do {
      let committed: Committed?
      (outcomes, committed) = try pool.writeWithoutTransaction { db in
        let outcomes = try runTogether(batch, in: db)
        // It is durable, whatever becomes of this.
        do { return (outcomes, try pages.committed(in: db)) } catch {
          pages.makeAllOld()
          return (outcomes, nil)
        }
      }
      for case .success(let written) in outcomes { written.committed() }
      for action in state.withLock({ $0.onCommit }) { action(committed) }
    } catch {
      outcomes = batch.map { _ in .failure(error) }
    }
    for (job, outcome) in zip(batch, outcomes) {
      switch outcome {
      case .success(let written): written.answer()
      case .failure(let error): job.fail(error)
      }
    }
    state.withLock { $0.commits += 1 }
  }

  /// One timer for any number of writes.
  private func checkpointWhenIdle(_ log: WriteAheadLog) async {
    while true {
      let before = state.withLock { state -> Int? in
        guard !log.isMoved else {
          state.idle = nil
          return nil
        }
        return state.commits
      }
      guard let before, (try? await Task.sleep(for: Self.idleTime)) != nil else { return }
      if state.withLock({ $0.commits == before && !$0.isBusy }) {
        await thread.runUncancelled { log.checkpoint() }
      }
    }
  }

  /// - Returns: for each job its answer, or the error that it alone failed with.
  /// - Throws: when nothing of the batch was written, such as when the disk is full.
  private func runTogether(_ batch: [Job], in db: Database) throws -> [Result<Written, any Error>] {
    var outcomes: [Result<Written, any Error>] = []
    try db.inTransaction(.immediate) {
      // A lone one needs no savepoint, which keeps a copy of each page that it changes.
      guard batch.count > 1 else {
        outcomes = try batch.map { .success(try $0.run(db)) }
        pages.writeEnded()
        return .commit
      }
      outcomes = try batch.map { job in
        do {
          var written: Written = ({}, {})
          try db.inSavepoint {
            written = try job.run(db)
            return .commit
          }
          pages.writeEnded()
          return .success(written)
        } catch {
          guard db.isInsideTransaction else { throw error }
          pages.writeFailed()
          return .failure(error)
        }
      }
      return .commit
    }
    return outcomes
  }
}
