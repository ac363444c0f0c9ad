import Testing

@testable import Chat

/// Times as pages carry them, in UTC.
@Suite struct TimestampTests {
  @Test(
    arguments: [
      (0, "1970-01-01T00:00:00.000Z", "00:00", "Thursday 1 January 1970"),
      (1_700_000_000_000, "2023-11-14T22:13:20.000Z", "22:13", "Tuesday 14 November 2023"),
      (1_709_164_799_999, "2024-02-28T23:59:59.999Z", "23:59", "Wednesday 28 February 2024"),
      (1_709_251_199_007, "2024-02-29T23:59:59.007Z", "23:59", "Thursday 29 February 2024"),
      (1_795_355_999_050, "2026-11-22T13:59:59.050Z", "13:59", "Sunday 22 November 2026"),
      (4_102_444_800_000, "2100-01-01T00:00:00.000Z", "00:00", "Friday 1 January 2100"),
    ] as [(Int64, String, String, String)])
  func known(time: Int64, iso: String, clock: String, words: String) {
    let stamp = Timestamp(time)
    #expect(stamp.iso == iso)
    #expect(stamp.clock == clock)
    #expect(stamp.day == String(iso.prefix(10)))
    #expect(stamp.dayInWords == words)
  }

  @Test func brieflyInAList() {
    let now = Timestamp(1_700_000_000_000)
    #expect(Timestamp(1_699_999_999_000).brief(now: now) == "22:13")
    #expect(Timestamp(1_699_900_000_000).brief(now: now) == "2023-11-13")
  }
}
