import Foundation
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

  /// RFC 8265, section 4.2: composed, with plain spaces, and otherwise as typed.
  @Test(arguments: [
    ("Cafe\u{301} 12!", "Café 12!"), ("a\u{3000}b\u{A0}c\u{2003}d", "a b c d"), ("ﬁ ＡＢ", "ﬁ ＡＢ"),
    ("\u{212B}", "Å"), ("ᄀ\u{1161}", "가"), ("ÀB", "ÀB"), ("tab\t\0", "tab\t\0"),
  ])
  func normalized(typed: String, expected: String) {
    #expect(
      Password.normalized(typed).utf8.elementsEqual(expected.precomposedStringWithCanonicalMapping.utf8))
  }

  @Test func spellings() {
    #expect(Password.spellings("plain ASCII") == ["plain ASCII"])
    for typed in ["Café", "Cafe\u{301}"] {
      #expect(Password.spellings(typed).map { $0.utf8.count } == [5, 6])
    }
    #expect(Password.spellings("é\u{A0}x").map { $0.unicodeScalars.count } == [3, 3, 4])
  }
}
