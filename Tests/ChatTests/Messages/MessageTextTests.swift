import Testing

@testable import Chat

/// What a message may be: 1 to 5,000 scalars, not only white space.
@Suite struct MessageTextTests {
  @Test(arguments: ["a", "😀", "\u{202E}", "李", "\0"]) func limits(character: String) throws {
    func text(_ count: Int) -> String { "x" + String(repeating: character, count: count - 1) }
    #expect(try MessageText(text(1)).text == "x")
    #expect(try MessageText(text(5_000)).text.unicodeScalars.count == 5_000)
    #expect(throws: MessageText.Refusal.self) { try MessageText(text(5_001)) }
  }

  @Test(arguments: [
    ("a\r\nb", "a\nb"), ("a\rb", "a\nb"), ("a\n\rb", "a\n\nb"), ("a\r\r\nb\r", "a\n\nb\n"), ("a\nb", "a\nb"),
    ("a\0b", "a\u{FFFD}b"), ("\0", "\u{FFFD}"), (" a ", " a "), ("\u{202E}abc", "\u{202E}abc"),
    ("a\tb\u{2028}c", "a\tb\u{2028}c"), ("e\u{0301}", "e\u{0301}"), ("\u{00E9}", "\u{00E9}"),
  ])
  func onlyLineBreaksAndNULChange(input: String, text: String) throws {
    #expect(Array(try MessageText(input).text.utf8) == Array(text.utf8))
  }

  @Test(arguments: [
    "", " ", "\n", "\r\n\t ", "\u{00A0}\u{3000}\u{2003}", "\u{200B}", "\u{FEFF}", "\u{2028}\u{2029}",
    "\u{200D}\u{200E}", "\u{00AD}", "\u{3164}",
  ])
  func nothingToSee(input: String) {
    #expect {
      try MessageText(input)
    } throws: { error in
      if case MessageText.Refusal.empty = error { true } else { false }
    }
  }

  @Test func lineBreaksCountAsSent() throws {
    let text = String(repeating: "a\r\n", count: 2_500)
    #expect(try MessageText(text).text.unicodeScalars.count == 5_000)
  }

  @Test func theSentenceSaysHowLongItIs() {
    #expect(MessageText.Refusal.tooLong(5_001).description.contains("5,001"))
    #expect(MessageText.Refusal.tooLong(5_001).description.contains("5,000"))
  }
}
