import Testing

@testable import Chat

/// What counts as a time zone.
@Suite struct ZoneNameTests {
  @Test(arguments: [
    "Europe/Berlin", "America/Argentina/Buenos_Aires", "Asia/Kolkata", "Asia/Calcutta", "Etc/GMT+5", "UTC",
  ])
  func byItsName(text: String) {
    #expect(ZoneName(text)?.text == text)
    #expect(ZoneName(typed: text)?.text == text)
  }

  @Test(
    arguments: [
      (" europe/berlin ", "Europe/Berlin"), ("Berlin", "Europe/Berlin"), ("new york", "America/New_York"),
      ("America/New York", "America/New_York"), ("TOKYO", "Asia/Tokyo"), ("utc", "UTC"),
    ])
  func asAPersonWritesIt(typed: String, name: String) {
    #expect(ZoneName(typed: typed)?.text == name)
  }

  @Test(arguments: [
    "", " ", "/", "Nowhere", "Nowhere/City", "../etc/passwd", "Europe/Berlin\0x", "Europe/Berlin\n", "GMT+5",
    "+02:00", "Europe", "\"><b>", "Europe/Berl\u{456}n",
  ])
  func none(text: String) {
    #expect(ZoneName(text) == nil)
  }

  @Test func theListToChooseFrom() {
    #expect(ZoneName.all.count > 300 && Set(ZoneName.all).count == ZoneName.all.count)
    #expect(ZoneName.all.allSatisfy { ZoneName($0) != nil })
  }
}
