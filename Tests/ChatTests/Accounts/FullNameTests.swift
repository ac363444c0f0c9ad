import Testing

@testable import Chat

/// Names: 1 to 80 scalars of any script after trimming.
@Suite struct FullNameTests {
  @Test(arguments: [
    ("Ada", "Ada"), ("  Ada  Lovelace ", "Ada  Lovelace"), ("\tAda\n", "Ada"),
    ("Ada\r\nLovelace", "Ada  Lovelace"), ("李小龍", "李小龍"), ("محمد علي", "محمد علي"),
    ("X", "X"), ("Ada\u{2028}L", "Ada L"), ("A\0B", "A\u{FFFD}B"), ("😀", "😀"),
  ])
  func accepted(input: String, text: String) throws {
    #expect(Array(try FullName(input).text.utf8) == Array(text.utf8))
  }

  @Test(arguments: ["", " ", "\u{00A0}\u{3000}", "\t\r\n", "\u{200B}", "\u{200D}\u{FEFF}", "\u{202E}"])
  func blank(input: String) {
    #expect(throws: FullName.Refusal.empty) { try FullName(input) }
  }

  @Test(arguments: ["a", "é", "李", "😀", "\u{0301}a"])
  func eightyScalarsAndNoMore(character: String) throws {
    let count = 80 / character.unicodeScalars.count
    let name = String(repeating: character, count: count)
    #expect(try FullName(name).text.unicodeScalars.count == 80)
    #expect(try FullName("  \(name)  ").text.unicodeScalars.count == 80)
    #expect(throws: FullName.Refusal.tooLong) { try FullName(name + "b") }
  }

  /// One character to a reader, many scalars to the server.
  @Test func scalarsAreCounted() {
    #expect(throws: FullName.Refusal.tooLong) { try FullName("a" + String(repeating: "\u{0301}", count: 80)) }
  }

  @Test func orderIsBlindToCaseAndDiacritics() {
    let names = ["Zoe", "émile", "Bob", "anna", "Ärger"]
    #expect(
      names.sorted { FullName.sortKey($0) < FullName.sortKey($1) } == [
        "anna", "Ärger", "Bob", "émile", "Zoe",
      ])
  }
}
