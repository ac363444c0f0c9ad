import NIOCore
import NIOEmbedded
import Testing

@testable import Web

/// So much at once for each key; what is more waits its turn.
@Suite(.timeLimit(.minutes(1))) struct ConcurrencyLimitTests {
  /// Takes a place and hands it back, or nil where there is none to be had.
  private func waiting(
    _ limit: ConcurrencyLimit<String>, on channel: NIOAsyncTestingChannel
  ) -> Task<ConcurrencyLimit<String>.Place?, Never> {
    Task { try? await limit.take("a", on: channel) }
  }

  @Test func turnsComeInOrderAndKeysAreApart() async throws {
    let limit = ConcurrencyLimit<String>(maximum: 1, maximumWaiting: 2)
    let channel = NIOAsyncTestingChannel()
    let first = try await limit.take("a", on: channel)
    #expect(!first.hasWaited)
    let other = try await limit.take("b", on: channel)
    let second = waiting(limit, on: channel)
    first.end()
    first.end()
    let place = try #require(await second.value)
    let third = waiting(limit, on: channel)
    place.end()
    #expect(await third.value != nil)
    other.end()
  }

  /// One that waited before, and whose connection goes later, is not taken for the one that waits now.
  @Test func anEarlierBurstDisturbsNoLaterOne() async throws {
    let limit = ConcurrencyLimit<String>(maximum: 1, maximumWaiting: 2)
    let (early, late) = (NIOAsyncTestingChannel(), NIOAsyncTestingChannel())
    let first = try await limit.take("a", on: late)
    let second = waiting(limit, on: early)
    first.end()
    let place = try #require(await second.value)
    place.end()
    let again = try await limit.take("a", on: late)
    let waiter = waiting(limit, on: late)
    try await early.close()
    again.end()
    #expect(await waiter.value != nil)
  }

  @Test func aPlaceThatNobodyHoldsIsFree() async throws {
    let limit = ConcurrencyLimit<String>(maximum: 1)
    let channel = NIOAsyncTestingChannel()
    _ = try await limit.take("a", on: channel)
    let again = try await limit.take("a", on: channel)
    await #expect(throws: ConcurrencyLimit<String>.Full.self) { try await limit.take("a", on: channel) }
    again.end()
    _ = try await limit.take("a", on: channel)
  }

  /// Whoever hangs up waits no longer, so that others can.
  @Test func aConnectionThatHasGoneLeavesTheQueue() async throws {
    let limit = ConcurrencyLimit<String>(maximum: 1, maximumWaiting: 1)
    let (staying, going) = (NIOAsyncTestingChannel(), NIOAsyncTestingChannel())
    let place = try await limit.take("a", on: staying)
    for _ in 0..<10 {
      let gone = NIOAsyncTestingChannel()
      let waiter = waiting(limit, on: gone)
      try await gone.close()
      #expect(await waiter.value == nil)
    }
    let waiter = waiting(limit, on: going)
    place.end()
    let next = try #require(await waiter.value)
    next.end()
  }
}
