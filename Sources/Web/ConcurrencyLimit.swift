import NIOCore
import Synchronization

/// How much of one kind may go on at once for each key. What is more waits for its turn, in order, up to a number and
/// for up to ``patience``. Thread-safe.
public final class ConcurrencyLimit<Key: Hashable & Sendable>: Sendable {
  /// Too much waits already, or has waited too long.
  public struct Full: Error {}

  /// How long anything waits for its turn.
  public static var patience: TimeAmount { .seconds(20) }

  private struct Share {
    var running = 0
    /// Each is told whether it may begin. Those that gave up are gone from here.
    var waiting: [Int: CheckedContinuation<Bool, Never>] = [:]
    var order = CircularBuffer<Int>()
    var next = 0

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

  public init(maximum: Int, maximumWaiting: Int = 0) {
    self.maximum = maximum
    self.maximumWaiting = maximumWaiting
  }

  /// Returns when it is this one's turn.
  /// - Parameter channel: where the one who waits is; nobody waits for one that has gone.
  /// - Throws: ``Full``.
  public func take(_ key: Key, on channel: any Channel) async throws -> Place {
    var hasWaited = false
    if !begin(key) {
      hasWaited = true
      let hasBegun = await withCheckedContinuation { wait(key, $0, on: channel) }
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
    _ key: Key, _ continuation: CheckedContinuation<Bool, Never>, on channel: any Channel
  ) {
    let (answer, number) = shares.withLock { shares -> (Bool?, Int) in
      var share = shares[key, default: Share()]
      defer { shares[key] = share }
      // One may have ended meanwhile.
      if share.running < maximum {
        share.running += 1
        return (true, 0)
      }
      guard share.waiting.count < maximumWaiting else { return (false, 0) }
      share.next += 1
      share.waiting[share.next] = continuation
      share.order.append(share.next)
      return (nil, share.next)
    }
    if let answer { return continuation.resume(returning: answer) }
    let giveUp: @Sendable () -> Void = { [weak self] in self?.giveUp(number, for: key) }
    channel.closeFuture.whenComplete { _ in giveUp() }
    channel.eventLoop.scheduleTask(in: Self.patience, giveUp)
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
