import NIOCore

/// The least that a client must take, or send, to be waited for: ``bytes`` in each ``time``, 1 KiB a second. Of a
/// download only the time counts in which the server waits for its client. Pure: its event loop has it.
struct MinimumRate {
  static let bytes = 64 << 10
  static let time = TimeAmount.seconds(64)

  private var passed = 0
  private var waited = TimeAmount.zero

  /// How long may still be waited for what comes next.
  var patience: TimeAmount { max(.zero, Self.time - waited) }

  /// Counts bytes that went on after `time` of waiting.
  mutating func add(_ count: Int, after time: TimeAmount) {
    passed += count
    waited = waited + time
    guard passed >= Self.bytes else { return }
    passed = 0
    waited = .zero
  }
}
