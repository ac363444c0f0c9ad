import Foundation
import Synchronization
import Testing

@testable import Web

/// Kinds of work that share threads: in what order, how many at a time, and what is not done.
@Suite(.timeLimit(.minutes(1))) struct BackgroundWorkTests {
  /// Time that passes only by what the pieces take.
  private final class Time: Sendable {
    private let instant = Mutex(ContinuousClock.now)
    var now: ContinuousClock.Instant { instant.withLock { $0 } }
    func pass(_ time: Duration) { instant.withLock { $0 += time } }
  }

  /// What ran, in the order in which it began.
  private final class Log: Sendable {
    private let state = Mutex<(names: [String], running: Int, most: Int)>(([], 0, 0))
    var names: [String] { state.withLock { $0.names } }
    /// At a time.
    var most: Int { state.withLock { $0.most } }

    func during(_ name: String, _ body: () -> Void) {
      state.withLock { state in
        state.names.append(name)
        state.running += 1
        state.most = max(state.most, state.running)
      }
      body()
      state.withLock { $0.running -= 1 }
    }
  }

  private let time = Time()
  private let log = Log()
  private let work: BackgroundWork

  init() { work = BackgroundWork(threads: 1) { [time] in time.now } }

  private func begin(_ count: Int, _ name: String, in queue: BackgroundWork.Queue, taking seconds: Int) {
    for _ in 0..<count {
      queue.begin { [log, time] _ in log.during(name) { time.pass(.seconds(seconds)) } }
    }
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

  private func eventually(_ condition: () -> Bool) async throws {
    while !condition() { try await Task.sleep(for: .milliseconds(5)) }
  }

  @Test func longPiecesDoNotHoldUpShortOnes() async throws {
    let (long, short) = (work.queue(), work.queue())
    await whileHeld {
      begin(3, "long", in: long, taking: 4)
      begin(9, "short", in: short, taking: 1)
    }
    try await eventually { work.isIdle }
    let four = Array(repeating: "short", count: 4)
    #expect(log.names == ["long"] + four + ["long"] + four + ["long", "short"])
  }

  @Test func aKindThatHadNoWorkHasNoneToCatchUpWith() async throws {
    let (busy, idle) = (work.queue(), work.queue())
    await whileHeld {
      begin(3, "busy", in: busy, taking: 10)
      begin(1, "idle", in: idle, taking: 1)
    }
    try await eventually { work.isIdle }
    await whileHeld {
      begin(2, "busy", in: busy, taking: 1)
      begin(3, "idle", in: idle, taking: 1)
    }
    try await eventually { work.isIdle }
    #expect(log.names.dropFirst(4) == ["busy", "idle", "busy", "idle", "idle"])
  }

  @Test func aKindThatWorkedAloneOwesNothing() async throws {
    let (alone, other) = (work.queue(), work.queue())
    begin(1, "alone", in: alone, taking: 100)
    try await eventually { work.isIdle }
    await whileHeld {
      begin(2, "alone", in: alone, taking: 1)
      begin(2, "other", in: other, taking: 1)
    }
    try await eventually { work.isIdle }
    #expect(log.names == ["alone", "alone", "other", "alone", "other"])
  }

  /// Else the kind that came first would have all threads until the first of its pieces ends.
  @Test func aPieceThatRunsCounts() async throws {
    let work = BackgroundWork(threads: 2) { [time] in time.now }
    let (first, second) = (work.queue(), work.queue())
    for (name, queue) in [("first", first), ("second", second)] {
      begin(1, name, in: queue, taking: 10)
      try await eventually { work.isIdle }
    }
    let (gate, holders) = (DispatchSemaphore(value: 0), work.queue())
    let running = DispatchSemaphore(value: 0)
    for _ in 0..<2 {
      await withCheckedContinuation { began in
        holders.begin { _ in
          began.resume()
          gate.wait()
        }
      }
    }
    for (name, queue) in [("first", first), ("second", second)] {
      for _ in 0..<2 { queue.begin { [log] _ in log.during(name) { running.wait() } } }
    }
    for _ in 0..<2 { gate.signal() }
    try await eventually { log.names.count >= 4 }
    #expect(Set(log.names.dropFirst(2)) == ["first", "second"])
    for _ in 0..<4 { running.signal() }
    try await eventually { work.isIdle }
  }

  @Test(arguments: [1, 3]) func allKindsTogetherHaveSoManyThreads(threads: Int) async throws {
    let work = BackgroundWork(threads: threads)
    let queues = [work.queue(), work.queue()]
    for queue in queues {
      for _ in 0..<6 {
        queue.begin { [log] _ in log.during("piece") { Thread.sleep(forTimeInterval: 0.05) } }
      }
    }
    try await eventually { work.isIdle }
    #expect(log.most == threads)
  }

  @Test func aCancelledOneIsNotDone() async throws {
    let queue = work.queue()
    let task = await whileHeld { [log] in
      let task = Task { try await queue.run { log.during("cancelled") {} } }
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
        log.during("begun") {}
        began.resume()
        gate.wait()
      }
    }
    queue.begin { [log] isWanted in
      log.during(isWanted ? "done" : "not done") {}
      gate.signal()
    }
    await work.finish()
    #expect(log.names == ["begun", "not done"])
    await #expect(throws: CancellationError.self) { try await queue.run {} }
  }
}
