import Testing

@testable import Chat
@testable import Web

/// Times as pages carry them.
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
    #expect(stamp.clock.english == clock)
    #expect(stamp.day == String(iso.prefix(10)))
    #expect(stamp.dayInWords.english == words)
  }

  @Test func brieflyInAList() {
    let now = Timestamp(1_700_000_000_000)
    #expect(Timestamp(1_699_999_999_000).brief(now: now).english == "22:13")
    #expect(Timestamp(1_699_900_000_000).brief(now: now).english == "2023-11-13")
  }

  @Test(
    arguments: [
      (1_774_746_000_000, "Europe/Berlin", 24, "2026-03-29", "03:00", "Sunday 29 March 2026"),
      (1_774_745_999_000, "Europe/Berlin", 24, "2026-03-29", "01:59", "Sunday 29 March 2026"),
      (1_774_745_999_000, "Europe/Berlin", 12, "2026-03-29", "1:59 am", "Sunday 29 March 2026"),
      (1_795_355_999_050, "Asia/Kathmandu", 24, "2026-11-22", "19:44", "Sunday 22 November 2026"),
      (1_795_305_900_000, "UTC", 12, "2026-11-22", "12:05 am", "Sunday 22 November 2026"),
      (1_795_305_900_000, "Pacific/Honolulu", 12, "2026-11-21", "2:05 pm", "Saturday 21 November 2026"),
      (1_795_305_900_000, "Pacific/Kiritimati", 24, "2026-11-22", "14:05", "Sunday 22 November 2026"),
      (1_795_348_800_000, "UTC", 12, "2026-11-22", "12:00 pm", "Sunday 22 November 2026"),
      (1_795_348_740_000, "UTC", 12, "2026-11-22", "11:59 am", "Sunday 22 November 2026"),
    ] as [(Int64, String, Int, String, String, String)])
  func byAPersonsClock(time: Int64, zone: String, hours: Int, day: String, clock: String, words: String)
    throws
  {
    let name: ZoneName = try #require(ZoneName(zone))
    let reader = Clock(zone: name, hours: Clock.Hours(rawValue: hours))
    let stamp = Timestamp(time, reader)
    #expect(stamp.day == day && stamp.clock.english == clock && stamp.dayInWords.english == words)
    #expect(stamp.iso == Timestamp(time).iso)
  }

  /// By the rules of the language, in its own digits.
  @Test func inAnotherLanguage() throws {
    let french = Language(tag: "fr", catalogue: Catalogue())
    let evening = LocalTime(seconds: 1_795_380_300, hours: .twentyFour)
    #expect(evening.day(in: french) == "dimanche 22 novembre 2026")
    #expect(evening.clock(in: french) == "20:45")
    #expect(LocalTime(seconds: 1_795_380_300, hours: .twelve).clock(in: french).hasPrefix("8:45"))
    #expect(evening.day(in: Language(tag: "ar-EG", catalogue: Catalogue())).contains("٢٠٢٦"))
  }
}
