import Testing

@testable import Chat

/// E-mail addresses of a plausible shape.
@Suite struct EmailAddressTests {
  @Test(arguments: [
    ("ada@example.org", "ada@example.org"), (" ada@example.org\n", "ada@example.org"),
    ("ada+chat@mail.example.org", "ada+chat@mail.example.org"), ("a@b", "a@b"),
    ("用户@例え.jp", "用户@例え.jp"), ("\"<x>\"@example.org", "\"<x>\"@example.org"),
  ])
  func accepted(input: String, text: String) throws { #expect(try EmailAddress(input).text == text) }

  @Test(arguments: [
    "ada", "ada@", "@example.org", "ada@@example.org", "a@b@c", "ada lovelace@example.org",
    "ada@exa mple.org", "ada@.org", "ada@example.", "ada@example..org", "ada\0@example.org",
    "ada@example.org\u{202E}x", "ada\u{200B}@example.org", "ada@exa\r\nmple.org",
  ])
  func implausible(input: String) {
    #expect(throws: EmailAddress.Refusal.implausible) { try EmailAddress(input) }
  }

  @Test(arguments: ["", "  ", "\n"]) func empty(input: String) {
    #expect(throws: EmailAddress.Refusal.empty) { try EmailAddress(input) }
  }

  @Test func bytesNotCharacters() throws {
    let domain = "@example.org"
    let longest = String(repeating: "a", count: 254 - domain.utf8.count) + domain
    #expect(try EmailAddress(longest).text.utf8.count == 254)
    #expect(throws: EmailAddress.Refusal.tooLong) { try EmailAddress("a" + longest) }
    let wide = String(repeating: "é", count: 121) + domain
    #expect(try EmailAddress(wide).text.utf8.count == 254)
    #expect(throws: EmailAddress.Refusal.tooLong) { try EmailAddress("b" + wide) }
  }

  @Test func caseMakesNoDifference() throws {
    #expect(try EmailAddress("Ada@Example.ORG").key == EmailAddress("ada@example.org").key)
    #expect(try EmailAddress("ÉMILE@example.org").key == EmailAddress("e\u{0301}mile@example.org").key)
    #expect(try EmailAddress("Ada@Example.ORG").text == "Ada@Example.ORG")
  }

  @Test func aSecondAtSignUnderACombiningMark() {
    #expect(throws: EmailAddress.Refusal.implausible) { try EmailAddress("a@b@\u{0301}c.org") }
  }

  /// A browser may send the domain as punycode; what was typed is kept to be shown.
  @Test(arguments: [
    ("ann@müller.example", "ann@xn--mller-kva.example"), ("ann@MÜLLER.example", "ann@mu\u{308}ller.example"),
    ("ann@例え.jp", "ann@xn--r8jz45g.jp"), ("ann@例え。jp", "ann@例え.jp"), ("ann@ｅｘａｍｐｌｅ.org", "ann@example.org"),
    ("ann@XN--MLLER-KVA.example", "ann@müller.example"), ("ann@faß.de", "ann@xn--fa-hia.de"),
  ])
  func oneDomain(typed: String, other: String) throws {
    #expect(try EmailAddress(typed).key == EmailAddress(other).key)
    #expect(try EmailAddress(typed).text == typed)
  }

  @Test(arguments: [
    ("müller@example.org", "muller@example.org"), ("ann@faß.de", "ann@fass.de"),
    ("ann@müller.de", "ann@muller.de"),
    ("ann@\(String(repeating: "ü", count: 70)).de", "ann@\(String(repeating: "ü", count: 71)).de"),
  ])
  func notOne(typed: String, other: String) throws {
    #expect(try EmailAddress(typed).key != EmailAddress(other).key)
  }
}
