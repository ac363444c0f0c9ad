import Foundation
import Testing

@testable import Chat

/// Passwords at rest: scrypt in the PHC string format.
@Suite struct PasswordHashTests {
  @Test func formatAndParameters() throws {
    let text = try PasswordHash(hashing: "correct horse").text
    let format = try Regex(#"\$scrypt\$ln=15,r=8,p=3\$[A-Za-z0-9+/]{22}\$[A-Za-z0-9+/]{43}"#)
    #expect(try format.wholeMatch(in: text) != nil)
    let hash = try #require(PasswordHash(text))
    #expect(hash.text == text)
    #expect(try hash.matches("correct horse"))
    #expect(try !hash.matches("correct horsE"))
  }

  @Test func everyHashHasItsOwnSalt() throws {
    let texts = try (0..<20).map { _ in
      try PasswordHash(hashing: "same", parameters: TestServer.cheap).text
    }
    #expect(Set(texts).count == 20)
  }

  @Test(arguments: ["", "x", "\0\0\0\0\0\0\0\0", "пароль", String(repeating: "😀", count: 256), "a\0b"])
  func anyCharacters(password: String) throws {
    let hash = try PasswordHash(hashing: password, parameters: TestServer.cheap)
    #expect(try hash.matches(password))
    #expect(try !hash.matches(password + "x"))
  }

  @Test(arguments: [
    "", "plain", "$scrypt$", "$argon2id$ln=1,r=8,p=1$AAAA$AAAA", "$scrypt$ln=1,r=8$AAAA$AAAA",
    "$scrypt$ln=x,r=8,p=1$AAAA$AAAA", "$scrypt$ln=1,r=8,p=1$AAAA$", "$scrypt$ln=1,r=8,p=1$A?$AAAA",
    "$scrypt$ln=1,r=8,p=1$AAAA$AAAA$AAAA",
  ])
  func unreadable(text: String) { #expect(PasswordHash(text) == nil) }

  @Test func parametersOutOfBounds() throws {
    let hash = try #require(PasswordHash("$scrypt$ln=63,r=8,p=1$AAAA$AAAA"))
    #expect(throws: Scrypt.Failure.self) { try hash.matches("any") }
  }

  /// The vectors of RFC 7914, section 12.
  @Test(arguments: [
    (
      "", "", 4, 1, 1,
      "77d6576238657b203b19ca42c18a0497f16b4844e3074ae8dfdffa3fede21442"
        + "fcd0069ded0948f8326a753a0fc81f17e8d3e0fb2e0d3628cf35e20c38d18906"
    ),
    (
      "password", "NaCl", 10, 8, 16,
      "fdbabe1c9d3472007856e7190d01e9fe7c6ad7cbc8237830e77376634b373162"
        + "2eaf30d92e22a3886ff109279d9830dac727afb94a83ee6d8360cbdfa2cc0640"
    ),
  ])
  func vectors(password: String, salt: String, logN: Int, r: Int, p: Int, expected: String) throws {
    let key = try Scrypt.derive(
      password: password, salt: Array(salt.utf8), parameters: .init(logN: logN, r: r, p: p), length: 64)
    #expect(key.map { String(format: "%02x", $0) }.joined() == expected)
  }
}
