import Foundation
import NIOCore
import Synchronization

/// Work of several kinds that takes long, such as hashing and taking in images, on few threads with a low
/// priority: pages have the rest of the machine, whatever and however much goes on here.
///
/// Each kind has a ``Queue``. Those with work waiting get equal shares of the time, however long a single piece
/// takes: start-time fair queueing (Goyal, Vin, Cheng, IEEE/ACM Transactions on Networking 5(5), 1997).
public final class BackgroundWork: Sendable {
  /// It is told whether it is still wanted, or only to say that it was not done.
  typealias Job = @Sendable (_ isWanted: Bool) -> Void

  private struct Lane: Sendable {
    var jobs = CircularBuffer<Job>()
    /// What its work has taken, and what passed for the others while it had none.
    var used = Duration.zero
  }

  private struct State: Sendable {
    var lanes: [Lane] = []
    /// The most that a lane had used when a job of it began.
    var time = Duration.zero
    var isFinished = false
  }

  private let threads: BlockingThreads
  private let state = Mutex(State())

  /// - Parameter threads: how many pieces are worked at at a time; half the cores, at least one.
  public init(threads: Int = max(1, ProcessInfo.processInfo.activeProcessorCount / 2)) {
    self.threads = BlockingThreads(threads, niceness: 10)
  }

  /// For one kind of work.
  public func queue() -> Queue {
    state.withLock { state in
      state.lanes.append(Lane())
      return Queue(work: self, lane: state.lanes.count - 1)
    }
  }

  /// Returns when the work that was begun has ended. None begins any more.
  public func finish() async {
    state.withLock { $0.isFinished = true }
    await threads.finish()
  }

  /// Pieces of one kind of work, which begin in the order in which they came.
  public struct Queue: Sendable {
    fileprivate let work: BackgroundWork
    fileprivate let lane: Int

    /// Work that has begun goes on to its end.
    /// - Throws: what `body` throws, or `CancellationError` where the task was cancelled before its turn.
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
    func begin(_ job: @escaping Job) { work.add(job, to: lane) }
  }

  private final class Cancellation: Sendable {
    private let flag = Atomic(false)
    var isCancelled: Bool { flag.load(ordering: .relaxed) }
    func cancel() { flag.store(true, ordering: .relaxed) }
  }

  private func add(_ job: @escaping Job, to lane: Int) {
    state.withLock { state in
      if state.lanes[lane].jobs.isEmpty {
        state.lanes[lane].used = max(state.lanes[lane].used, state.time)
      }
      state.lanes[lane].jobs.append(job)
    }
    threads.begin { self.runNext() }
  }

  private func runNext() {
    let next = state.withLock { state -> (lane: Int, job: Job, isWanted: Bool)? in
      let waiting = state.lanes.indices.filter { !state.lanes[$0].jobs.isEmpty }
      guard let lane = waiting.min(by: { state.lanes[$0].used < state.lanes[$1].used }) else { return nil }
      state.time = max(state.time, state.lanes[lane].used)
      return (lane, state.lanes[lane].jobs.removeFirst(), !state.isFinished)
    }
    guard let next else { return }
    let start = ContinuousClock.now
    next.job(next.isWanted)
    state.withLock { $0.lanes[next.lane].used += .now - start }
  }
}
