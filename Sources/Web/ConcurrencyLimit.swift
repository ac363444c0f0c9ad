import NIOCore
import Synchronization

/// How much of one kind may go on at once for each key. What is more waits for its turn, in order and up to a
/// bound. Thread-safe.
public final class ConcurrencyLimit<Key: Hashable & Sendable>: Sendable {
  /// Too much waits already.
  public struct Full: Error {}

  private struct Share {
    var running = 0
    /// Each is told whether it may begin.
    var waiting = CircularBuffer<CheckedContinuation<Bool, Never>>()
  }

  private let maximum: Int
  private let maximumWaiting: Int
  private let shares = Mutex<[Key: Share]>([:])

  public init(maximum: Int, maximumWaiting: Int = 0) {
    self.maximum = maximum
    self.maximumWaiting = maximumWaiting
  }

  /// Returns when it is this one's turn.
  /// - Throws: ``Full``.
  public func take(_ key: Key) async throws -> Place {
    if !begin(key) {
      let hasBegun = await withCheckedContinuation { wait(key, $0) }
      guard hasBegun else { throw Full() }
    }
    return Place { [weak self] in self?.end(key) }
  }

  private func begin(_ key: Key) -> Bool {
    shares.withLock { shares in
      guard shares[key, default: Share()].running < maximum else { return false }
      shares[key, default: Share()].running += 1
      return true
    }
  }

  private func wait(_ key: Key, _ continuation: CheckedContinuation<Bool, Never>) {
    let answer = shares.withLock { shares -> Bool? in
      // One may have ended meanwhile.
      guard shares[key, default: Share()].running >= maximum else {
        shares[key, default: Share()].running += 1
        return true
      }
      guard shares[key, default: Share()].waiting.count < maximumWaiting else { return false }
      shares[key, default: Share()].waiting.append(continuation)
      return nil
    }
    if let answer { continuation.resume(returning: answer) }
  }

  private func end(_ key: Key) {
    let next = shares.withLock { shares -> CheckedContinuation<Bool, Never>? in
      // The next one takes the place.
      if let next = shares[key]?.waiting.popFirst() { return next }
      if shares[key]?.running == 1 { shares[key] = nil } else { shares[key]?.running -= 1 }
      return nil
    }
    next?.resume(returning: true)
  }

  /// What one of them holds until it ends. It is given back at the latest when nobody holds this any more.
  public final class Place: Sendable {
    private let leave: @Sendable () -> Void
    private let hasEnded = Atomic(false)

    fileprivate init(_ leave: @escaping @Sendable () -> Void) { self.leave = leave }

    public func end() {
      guard !hasEnded.exchange(true, ordering: .relaxed) else { return }
      leave()
    }

    deinit { end() }
  }
}
