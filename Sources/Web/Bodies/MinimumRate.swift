import NIOCore

/// The least that a client must take, or send, to be waited for: ``bytes`` in each ``time``, 1 KiB a second. Of a
/// download only the time counts in which the server waits for its client. Pure: its event loop has it.
struct MinimumRate {
  static let bytes = 64 << 10
  static let time = TimeAmount.seconds(64)

  /// How much had passed, and after how much waiting, at points about ``spacing`` bytes apart: the last ``bytes``.
  private var points = [(passed: 0, waited: TimeAmount.zero)]
  private var passed = 0
  private var waited = TimeAmount.zero
  private static let spacing = 4 << 10

  /// How long may still be waited for what comes next: until the last ``time`` of waiting, whenever that began,
  /// brought less than ``bytes``.
  var patience: TimeAmount { max(.zero, Self.time - (waited - points[0].waited)) }

  /// Counts bytes that went on after `time` of waiting.
  mutating func add(_ count: Int, after time: TimeAmount) {
    passed += count
    waited = waited + time
    if passed - points[points.count - 1].passed >= Self.spacing { points.append((passed, waited)) }
    while points.count > 1, points[0].passed <= passed - Self.bytes { points.removeFirst() }
  }
}
