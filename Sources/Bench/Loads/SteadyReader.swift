import Foundation
import Synchronization

/// Asks for one page at times of its own on a thread of its own: what the load does meanwhile on the thread of
/// its reactor is not counted as the server's time.
final class SteadyReader: Sendable {
  struct Outcome: Sendable {
    var latencies = Latencies()
    var failures = 0
  }

  private let outcome = Mutex<Result<Outcome, any Error>>(.success(Outcome()))
  private let finished = DispatchSemaphore(value: 0)

  init(_ address: Address, _ page: Request, every interval: Nanoseconds, until end: Nanoseconds) {
    Thread.detachNewThread { [self] in
      let result = Result { try Self.read(address, page, every: interval, until: end) }
      outcome.withLock { $0 = result }
      finished.signal()
    }
  }

  /// Waits until the last page has come, at most 30 s after the end. To be asked for once.
  func result() throws -> Outcome {
    finished.wait()
    return try outcome.withLock { try $0.get() }
  }

  private static func read(
    _ address: Address, _ page: Request, every interval: Nanoseconds, until end: Nanoseconds
  ) throws -> Outcome {
    let reactor = try Reactor()
    let pages = PacedRequests(address, reactor)
    defer { pages.close() }
    reactor.every(interval, until: end) { pages.send(page) }
    reactor.run(until: end)
    reactor.run(until: .now + .seconds(30)) { !pages.isWaiting }
    return Outcome(latencies: pages.latencies, failures: pages.failures + pages.unanswered)
  }
}
