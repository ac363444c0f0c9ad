import Testing

@testable import Chat

/// Passwords of 8 to 256 characters, any of them.
@Suite struct PasswordTests {
  @Test(arguments: ["x", " ", "é", "😀", "\0", "\u{202E}"])
  func limits(character: String) throws {
    // Not the same again and again, which is a first guess.
    func repeated(_ count: Int) -> String {
      String(repeating: character, count: count - min(count, 6)) + "kv9zqw".suffix(min(count, 6))
    }
    #expect(throws: Password.Refusal.tooShort) { try Password(repeated(7)) }
    #expect(try Password(repeated(8)).text == repeated(8))
    #expect(try Password(repeated(256)).text == repeated(256))
    #expect(throws: Password.Refusal.tooLong) { try Password(repeated(257)) }
  }

  @Test func nothingIsTrimmed() throws { #expect(try Password("  a x 7  ").text == "  a x 7  ") }

  @Test func aFirstGuess() {
    #expect(throws: Password.Refusal.easilyGuessed) { try Password("password1") }
    #expect(throws: Password.Refusal.easilyGuessed) {
      try Password("mara.lindqvist", of: ["Mara Lindqvist", "mara@example.org"])
    }
    #expect(throws: Never.self) { try Password("mara.lindqvist") }
    #expect(throws: Never.self) { try Password("password of my dog Rex") }
  }

  @Test func empty() { #expect(throws: Password.Refusal.tooShort) { try Password("") } }

  @Test func sentences() {
    #expect(Password.Refusal.tooShort.description.contains("8"))
    #expect(Password.Refusal.easilyGuessed.description.contains("three or four words"))
    #expect(Password.Refusal.tooLong.description.contains("256"))
  }
}
