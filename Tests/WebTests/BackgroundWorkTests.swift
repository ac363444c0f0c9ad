import Foundation
import Synchronization
import Testing

@testable import Web

/// Kinds of work that share threads: in what order, how many at a time, and what is not done.
@Suite struct BackgroundWorkTests {
  private let work = BackgroundWork(threads: 1)
  private let log = Log()

  /// What ran, in the order in which it began.
  private final class Log: Sendable {
    private let state = Mutex<(names: [String], running: Int, most: Int)>(([], 0, 0))
    var names: [String] { state.withLock { $0.names } }
    /// At a time.
    var most: Int { state.withLock { $0.most } }

    func add(_ name: String, taking seconds: TimeInterval) {
      state.withLock { state in
        state.names.append(name)
        state.running += 1
        state.most = max(state.most, state.running)
      }
      Thread.sleep(forTimeInterval: seconds)
      state.withLock { $0.running -= 1 }
    }
  }

  private func begin(_ count: Int, _ name: String, in queue: BackgroundWork.Queue, seconds: TimeInterval) {
    for _ in 0..<count { queue.begin { [log] _ in log.add(name, taking: seconds) } }
  }

  /// Holds the thread meanwhile, so that all that `body` begins waits together.
  private func whileHeld<Value>(_ body: () -> Value) async -> Value {
    let (gate, queue) = (DispatchSemaphore(value: 0), work.queue())
    await withCheckedContinuation { began in
      queue.begin { _ in
        began.resume()
        gate.wait()
      }
    }
    defer { gate.signal() }
    return body()
  }

  /// Returns when all that was begun before has ended.
  private func drain(_ queues: BackgroundWork.Queue...) async throws {
    for queue in queues { try await queue.run {} }
  }

  @Test func longPiecesDoNotHoldUpShortOnes() async throws {
    let (long, short) = (work.queue(), work.queue())
    await whileHeld {
      begin(2, "long", in: long, seconds: 0.2)
      begin(5, "short", in: short, seconds: 0)
    }
    try await drain(long, short)
    #expect(log.names == ["long", "short", "short", "short", "short", "short", "long"])
  }

  @Test func aKindThatHadNoWorkHasNoneToCatchUpWith() async throws {
    let (busy, idle) = (work.queue(), work.queue())
    begin(3, "busy", in: busy, seconds: 0.1)
    try await drain(busy)
    await whileHeld {
      begin(1, "busy", in: busy, seconds: 0)
      begin(4, "idle", in: idle, seconds: 0.1)
    }
    try await drain(busy, idle)
    #expect(log.names.last == "idle", "The idle one used up all that the busy one had had before")
  }

  @Test(arguments: [1, 3]) func allKindsTogetherHaveSoManyThreads(threads: Int) async throws {
    let work = BackgroundWork(threads: threads)
    let queues = [work.queue(), work.queue()]
    for queue in queues { begin(6, "piece", in: queue, seconds: 0.05) }
    for queue in queues { try await drain(queue) }
    #expect(log.most == threads)
  }

  @Test func aCancelledOneIsNotDone() async throws {
    let queue = work.queue()
    let task = await whileHeld { [log] in
      let task = Task { try await queue.run { log.add("cancelled", taking: 0) } }
      task.cancel()
      return task
    }
    await #expect(throws: CancellationError.self) { try await task.value }
    #expect(log.names.isEmpty)
  }

  @Test func anErrorComesBack() async throws {
    struct Failure: Error {}
    await #expect(throws: Failure.self) { try await work.queue().run { throw Failure() } }
    #expect(try await work.queue().run { 7 } == 7)
  }

  @Test func whatWaitsAtTheEndIsNotDone() async throws {
    let (gate, queue) = (DispatchSemaphore(value: 0), work.queue())
    await withCheckedContinuation { began in
      queue.begin { [log] _ in
        log.add("begun", taking: 0)
        began.resume()
        gate.wait()
      }
    }
    queue.begin { [log] isWanted in
      log.add(isWanted ? "done" : "not done", taking: 0)
      gate.signal()
    }
    await work.finish()
    #expect(log.names == ["begun", "not done"])
    await #expect(throws: CancellationError.self) { try await queue.run {} }
  }
}
