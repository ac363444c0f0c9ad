import NIOCore
import Synchronization

/// How much of one kind may go on at once for each key. What is more waits for its turn, in order, up to a number and
/// for a time. Thread-safe.
public final class ConcurrencyLimit<Key: Hashable & Sendable>: Sendable {
  /// Too much waits already, or has waited too long.
  public struct Full: Error {}

  private struct Share {
    var running = 0
    /// Each is told whether it may begin. Those that gave up are gone from here.
    var waiting: [Int: CheckedContinuation<Bool, Never>] = [:]
    var order = CircularBuffer<Int>()

    mutating func takeFirst() -> CheckedContinuation<Bool, Never>? {
      while let number = order.popFirst() {
        if let first = waiting.removeValue(forKey: number) { return first }
      }
      return nil
    }
  }

  private let maximum: Int
  private let maximumWaiting: Int
  private let shares = Mutex<[Key: Share]>([:])
  /// Numbers those that wait, of all keys, so that none is taken for one that waited before it.
  private let numbers = Atomic(0)

  public init(maximum: Int, maximumWaiting: Int = 0) {
    self.maximum = maximum
    self.maximumWaiting = maximumWaiting
  }

  /// Returns when it is this one's turn.
  /// - Parameters:
  ///   - channel: where the one who waits is; nobody waits for one that has gone.
  ///   - patience: for how long; nil for as long as it takes.
  /// - Throws: ``Full``.
  public func take(
    _ key: Key, on channel: any Channel, patience: TimeAmount? = .seconds(20)
  ) async throws -> Place {
    var hasWaited = false
    if !begin(key) {
      hasWaited = true
      let hasBegun = await withCheckedContinuation { wait(key, $0, on: channel, patience) }
      guard hasBegun else { throw Full() }
    }
    return Place(hasWaited: hasWaited) { [weak self] in self?.end(key) }
  }

  private func begin(_ key: Key) -> Bool {
    shares.withLock { shares in
      guard shares[key, default: Share()].running < maximum else { return false }
      shares[key, default: Share()].running += 1
      return true
    }
  }

  private func wait(
    _ key: Key, _ continuation: CheckedContinuation<Bool, Never>, on channel: any Channel,
    _ patience: TimeAmount?
  ) {
    let number = numbers.add(1, ordering: .relaxed).newValue
    let answer = shares.withLock { shares -> Bool? in
      var share = shares[key, default: Share()]
      defer { shares[key] = share }
      // One may have ended meanwhile.
      if share.running < maximum {
        share.running += 1
        return true
      }
      guard share.waiting.count < maximumWaiting else { return false }
      share.waiting[number] = continuation
      share.order.append(number)
      return nil
    }
    if let answer { return continuation.resume(returning: answer) }
    let giveUp: @Sendable () -> Void = { [weak self] in self?.giveUp(number, for: key) }
    channel.closeFuture.whenComplete { _ in giveUp() }
    if let patience { channel.eventLoop.scheduleTask(in: patience, giveUp) }
  }

  private func giveUp(_ number: Int, for key: Key) {
    let gone = shares.withLock { $0[key]?.waiting.removeValue(forKey: number) }
    gone?.resume(returning: false)
  }

  private func end(_ key: Key) {
    let next = shares.withLock { shares -> CheckedContinuation<Bool, Never>? in
      // The next one takes the place.
      if let next = shares[key]?.takeFirst() { return next }
      if shares[key]?.running == 1 { shares[key] = nil } else { shares[key]?.running -= 1 }
      return nil
    }
    next?.resume(returning: true)
  }

  /// What one of them holds until it ends. It is given back at the latest when nobody holds this any more.
  public final class Place: Sendable {
    public let hasWaited: Bool
    private let leave: @Sendable () -> Void
    private let hasEnded = Atomic(false)

    fileprivate init(hasWaited: Bool, _ leave: @escaping @Sendable () -> Void) {
      self.hasWaited = hasWaited
      self.leave = leave
    }

    public func end() {
      guard !hasEnded.exchange(true, ordering: .relaxed) else { return }
      leave()
    }

    deinit { end() }
  }
}
