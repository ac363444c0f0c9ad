import Testing

@testable import Web

/// Which lines a log takes, by a clock from outside.
@Suite struct LogLimitTests {
  private let start = ContinuousClock.now

  private func at(_ seconds: Double) -> ContinuousClock.Instant { start + .seconds(seconds) }

  /// How many of `count` equal lines are written.
  private func written(
    _ limit: LogLimit, _ count: Int, _ text: String = "It failed", at now: ContinuousClock.Instant
  ) -> Int {
    (0..<count).reduce(0) { sum, _ in limit.take(.error, text, at: now).isWritten ? sum + 1 : sum }
  }

  @Test func fiveOfAKindThenTheirNumber() {
    let limit = LogLimit()
    #expect(written(limit, 3_000, at: at(0)) == 5)
    #expect(written(limit, 10, at: at(59.9)) == 0)
    let next = limit.take(.error, "It failed", at: at(60))
    #expect(next.isWritten)
    #expect(next.rests == [.init(level: .error, text: "It failed", count: 3_005)])
    let after = limit.take(.error, "It failed", at: at(60))
    #expect(after.isWritten && after.rests.isEmpty, "it is said once")
    #expect(written(limit, 100, at: at(61)) == 3)
  }

  @Test func anyKindBringsTheNumberOfTheOthers() {
    let limit = LogLimit()
    #expect(written(limit, 8, at: at(0)) == 5)
    let rests = limit.take(.info, "All is well", at: at(70)).rests
    #expect(rests == [.init(level: .error, text: "It failed", count: 3)])
  }

  @Test func whatWasWrittenIsNotTold() {
    let limit = LogLimit()
    #expect(written(limit, 5, at: at(0)) == 5)
    #expect(limit.take(.error, "It failed", at: at(100)).rests.isEmpty)
  }

  @Test func kindsAreApart() {
    let limit = LogLimit()
    #expect(written(limit, 10, at: at(0)) == 5)
    #expect(written(limit, 10, "Another failed", at: at(0)) == 5)
    #expect(limit.take(.warning, "It failed", at: at(0)).isWritten)
  }

  @Test func aMinuteBeginsWithItsFirstLine() {
    let limit = LogLimit()
    #expect(written(limit, 5, at: at(1_000)) == 5)
    #expect(written(limit, 5, at: at(1_059)) == 0)
    #expect(written(limit, 5, at: at(1_061)) == 5)
  }

  @Test func aClockThatStandsStillOrGoesBack() {
    let limit = LogLimit()
    #expect(written(limit, 5, at: at(100)) == 5)
    #expect(written(limit, 5, at: at(0)) == 0)
  }

  @Test func boundedHoweverManyKindsThereAre() {
    let limit = LogLimit()
    let sum = (0..<10_000).reduce(0) { $0 + written(limit, 1, "Kind \($1)", at: at(0)) }
    #expect(sum == LogLimit.maximumKinds + LogLimit.most)
    #expect(written(limit, 1, "Kind 3", at: at(0)) == 1, "those that were first stay apart")
    let rests = limit.take(.error, "x", at: at(60)).rests
    #expect(rests == [.init(level: .error, text: "other lines", count: 10_000 - sum)])
  }

  @Test func onlyTheBeginningOfALongTextTells() {
    let limit = LogLimit()
    let long = String(repeating: "ä", count: 100_000)
    #expect((0..<20).reduce(0) { $0 + written(limit, 1, "\(long)\($1)", at: at(0)) } == 5)
    let rest = limit.take(.error, "x", at: at(60)).rests.first
    #expect(rest?.count == 15 && (rest?.text.utf8.count ?? 0) <= 200)
  }
}
