import Testing

@testable import Chat

/// Passwords of 8 to 256 characters, any of them.
@Suite struct PasswordTests {
  @Test(arguments: ["x", " ", "é", "😀", "\0", "\u{202E}"])
  func limits(character: String) throws {
    func repeated(_ count: Int) -> String { String(repeating: character, count: count) }
    #expect(throws: Password.Refusal.tooShort) { try Password(repeated(7)) }
    #expect(try Password(repeated(8)).text == repeated(8))
    #expect(try Password(repeated(256)).text == repeated(256))
    #expect(throws: Password.Refusal.tooLong) { try Password(repeated(257)) }
  }

  @Test func nothingIsTrimmed() throws { #expect(try Password("  a b c  ").text == "  a b c  ") }

  @Test func empty() { #expect(throws: Password.Refusal.tooShort) { try Password("") } }

  @Test func sentences() {
    #expect(Password.Refusal.tooShort.sentence.contains("8"))
    #expect(Password.Refusal.tooLong.sentence.contains("256"))
  }
}
