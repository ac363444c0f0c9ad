import NIOCore
import Testing

@testable import Web

/// Who is too slow to be waited for.
@Suite struct MinimumRateTests {
  @Test(arguments: [0, 10 << 10, 20 << 10, 32 << 10, 50 << 10, 64 << 10, 100 << 10, 2 << 20])
  func whatABufferTookAtFirstBuysNoMoreTime(bytes: Int) {
    var rate = MinimumRate()
    for _ in 0..<(bytes / 1_024) { rate.add(1_024, after: .zero) }
    var waited = TimeAmount.zero
    while rate.patience >= .seconds(32), waited < .seconds(200) {
      rate.add(16 << 10, after: .seconds(32))
      waited = waited + .seconds(32)
    }
    #expect(waited + rate.patience == .seconds(64))
  }

  @Test(arguments: [1, 1_024, 32 << 10, 100 << 10]) func whoTakesEnoughIsWaitedFor(piece: Int) {
    var rate = MinimumRate()
    for _ in 0..<(1 << 20) / piece {
      // A little more than one KiB a second.
      let time = TimeAmount.nanoseconds(Int64(piece) * 950_000)
      rate.add(piece, after: time)
    }
    #expect(rate.patience > .zero)
  }

  @Test func aPauseOfLessThanAMinuteIsWaitedFor() {
    var rate = MinimumRate()
    for _ in 0..<20 {
      #expect(rate.patience > .seconds(50))
      rate.add(64 << 10, after: .seconds(50))
    }
  }
}
