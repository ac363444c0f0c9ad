import Testing

@testable import Web

/// Token buckets, by a clock from outside.
@Suite struct RateLimitTests {
  private let start = ContinuousClock.now

  private func at(_ seconds: Double) -> ContinuousClock.Instant { start + .seconds(seconds) }

  @Test func aBurstThenOneAtATime() {
    let limit = RateLimit(burst: 3, refill: .seconds(10))
    for _ in 0..<3 { #expect(limit.take("a", at: at(0)) == nil) }
    #expect(limit.take("a", at: at(0)) == 10)
    #expect(limit.take("a", at: at(4)) == 6)
    #expect(limit.take("a", at: at(9.5)) == 1)
    #expect(limit.take("a", at: at(10)) == nil)
    #expect(limit.take("a", at: at(10)) == 10)
    #expect(limit.take("a", at: at(1_000)) == nil)
    #expect(limit.take("a", at: at(1_000)) == nil)
    #expect(limit.take("a", at: at(1_000)) == nil)
    #expect(limit.take("a", at: at(1_000)) != nil, "no more than the burst is saved up")
  }

  @Test func keysAreApart() {
    let limit = RateLimit(burst: 1, refill: .seconds(10))
    #expect(limit.take("a", at: at(0)) == nil)
    #expect(limit.take("b", at: at(0)) == nil)
    #expect(limit.take("a", at: at(0)) != nil)
  }

  @Test func refusedTriesCostNothing() {
    let limit = RateLimit(burst: 1, refill: .seconds(10))
    #expect(limit.take("a", at: at(0)) == nil)
    for second in 1..<10 { #expect(limit.take("a", at: at(Double(second))) == 10 - second) }
    #expect(limit.take("a", at: at(10)) == nil)
  }

  @Test func aTryGivenBack() {
    let limit = RateLimit(burst: 2, refill: .seconds(10))
    for _ in 0..<20 {
      #expect(limit.take("a", at: at(0)) == nil)
      limit.giveBack("a")
    }
    limit.giveBack("a")
    limit.giveBack("b")
    #expect(limit.take("a", at: at(0)) == nil)
    #expect(limit.take("a", at: at(0)) == nil)
    #expect(limit.take("a", at: at(0)) != nil, "no more than the burst comes back")
  }

  @Test func aClockThatStandsStillOrGoesBack() {
    let limit = RateLimit(burst: 1, refill: .seconds(10))
    #expect(limit.take("a", at: at(100)) == nil)
    #expect(limit.take("a", at: at(0)) == 10)
  }

  @Test func manyOthersPushNobodyOut() {
    let limit = RateLimit(burst: 2, refill: .seconds(1_000), maximumKeys: 100)
    for _ in 0..<2 { #expect(limit.take("victim", at: at(0)) == nil) }
    let taken = (0..<10_000).count { limit.take("k\($0)", at: at(Double($0) / 1_000)) == nil }
    #expect(limit.take("victim", at: at(10)) != nil, "its tries are forgotten")
    #expect(taken < 1_000, "past the bound there is no end of new keys")
  }

  @Test func aLongKeyTakesNoMoreThanAShortOne() {
    let limit = RateLimit(burst: 1, refill: .seconds(10))
    let long = String(repeating: "x", count: 1 << 20)
    #expect(limit.take(long, at: at(0)) == nil)
    #expect(limit.take(long, at: at(0)) != nil)
    #expect(limit.take(long + "y", at: at(0)) == nil)
  }

  @Test func fullOnesAreForgottenFirst() {
    let limit = RateLimit(burst: 2, refill: .seconds(1), maximumKeys: 100)
    for number in 0..<99 { #expect(limit.take("k\(number)", at: at(0)) == nil) }
    for _ in 0..<2 { #expect(limit.take("busy", at: at(2)) == nil) }
    #expect(limit.take("new", at: at(2)) == nil)
    #expect(limit.take("busy", at: at(2)) != nil)
  }
}
