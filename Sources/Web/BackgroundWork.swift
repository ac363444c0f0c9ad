import Foundation
import NIOCore
import Synchronization

/// Work of several kinds that takes long, such as hashing and taking in images, on few threads with a low
/// priority: where there are two cores or more, pages have at least half of them, however much goes on here.
///
/// Each kind has a ``Queue``. Those with work waiting get equal shares of the time, however long a single piece
/// takes: start-time fair queueing (Goyal, Vin, Cheng, IEEE/ACM Transactions on Networking 5(5), 1997). One that
/// brings its next piece when the last has ended waits each time for what runs meanwhile.
public final class BackgroundWork: Sendable {
  /// Called once: with true to do its work, with false, after ``finish()``, only to tell whoever waits.
  public typealias Job = @Sendable (_ isWanted: Bool) -> Void

  private struct Lane: Sendable {
    var jobs = CircularBuffer<Job>()
    /// What its work has taken, and what passed for the others while it had none. A piece that runs counts as
    /// long as the one before it took.
    var used = Duration.zero
    var last = Duration.zero
  }

  private struct State: Sendable {
    var lanes: [Lane] = []
    /// The most that a lane had used when a job of it began, or all have, when there is no more work.
    var virtualTime = Duration.zero
    var running = 0
    var isFinished = false

    var isIdle: Bool { running == 0 && lanes.allSatisfy(\.jobs.isEmpty) }

    mutating func next() -> Piece? {
      let waiting = lanes.indices.filter { !lanes[$0].jobs.isEmpty }
      guard let lane = waiting.min(by: { lanes[$0].used < lanes[$1].used }) else { return nil }
      virtualTime = max(virtualTime, lanes[lane].used)
      running += 1
      let charged = lanes[lane].last
      lanes[lane].used += charged
      return Piece(
        lane: lane, job: lanes[lane].jobs.removeFirst(), isWanted: !isFinished, charged: charged)
    }

    mutating func end(_ piece: Piece, _ took: Duration) {
      lanes[piece.lane].used += took - piece.charged
      lanes[piece.lane].last = took
      running -= 1
      if isIdle { virtualTime = lanes.reduce(virtualTime) { max($0, $1.used) } }
    }
  }

  private struct Piece: Sendable {
    let lane: Int
    let job: Job
    let isWanted: Bool
    let charged: Duration
  }

  private let threads: BlockingThreads
  private let now: @Sendable () -> ContinuousClock.Instant
  private let state = Mutex(State())

  /// - Parameter threads: how many pieces are worked at at a time; half the cores, at least one.
  public convenience init(threads: Int = max(1, ProcessInfo.processInfo.activeProcessorCount / 2)) {
    self.init(threads: threads) { .now }
  }

  init(threads: Int, now: @escaping @Sendable () -> ContinuousClock.Instant) {
    self.threads = BlockingThreads(threads, niceness: 10)
    self.now = now
  }

  /// For one kind of work; it is kept.
  public func queue() -> Queue {
    state.withLock { state in
      state.lanes.append(Lane())
      return Queue(work: self, lane: state.lanes.count - 1)
    }
  }

  var isIdle: Bool { state.withLock { $0.isIdle } }

  /// Returns when the work that was begun has ended. None begins any more; who waits is told so, maybe later.
  public func finish() async {
    state.withLock { $0.isFinished = true }
    await threads.finish()
  }

  /// Pieces of one kind of work, which begin in the order in which they came.
  public struct Queue: Sendable {
    fileprivate let work: BackgroundWork
    fileprivate let lane: Int

    /// Work that has begun goes on to its end.
    /// - Throws: what `body` throws, or `CancellationError` where the task was cancelled before its turn or the work
    ///   finished.
    public func run<Value: Sendable>(_ body: @escaping @Sendable () throws -> Value) async throws -> Value {
      let cancellation = Cancellation()
      return try await withTaskCancellationHandler {
        try await withCheckedThrowingContinuation { continuation in
          begin { isWanted in
            continuation.resume(
              with: Result {
                guard isWanted, !cancellation.isCancelled else { throw CancellationError() }
                return try body()
              })
          }
        }
      } onCancel: {
        cancellation.cancel()
      }
    }

    /// Does not wait for it.
    public func begin(_ job: @escaping Job) { work.add(job, to: lane) }
  }

  private final class Cancellation: Sendable {
    private let flag = Atomic(false)
    var isCancelled: Bool { flag.load(ordering: .relaxed) }
    func cancel() { flag.store(true, ordering: .relaxed) }
  }

  private func add(_ job: @escaping Job, to lane: Int) {
    state.withLock { state in
      if state.lanes[lane].jobs.isEmpty {
        state.lanes[lane].used = max(state.lanes[lane].used, state.virtualTime)
      }
      state.lanes[lane].jobs.append(job)
    }
    threads.begin { self.runNext() }
  }

  private func runNext() {
    let next = state.withLock { $0.next() }
    // There is one turn for each piece.
    guard let next else { return }
    let start = now()
    next.job(next.isWanted)
    let took = now() - start
    state.withLock { $0.end(next, took) }
  }
}
