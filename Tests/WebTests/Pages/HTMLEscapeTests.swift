import Testing
import Web

/// Text in HTML.
@Suite struct HTMLEscapeTests {
  @Test(arguments: [
    ("plain words", "plain words"),
    ("", ""),
    ("<script>alert(1)</script>", "&lt;script&gt;alert(1)&lt;/script&gt;"),
    ("a & b &amp; c", "a &amp; b &amp;amp; c"),
    ("\"quoted\" and 'single'", "&quot;quoted&quot; and &#39;single&#39;"),
    // One grapheme each: an escaper that compares characters lets the quote and the bracket through.
    ("\"\u{0301}", "&quot;\u{0301}"),
    ("<\u{0338}", "&lt;\u{0338}"),
    ("'\u{200D}>", "&#39;\u{200D}&gt;"),
    ("&\u{FE0F}", "&amp;\u{FE0F}"),
    ("\u{202E}evil\u{202C}", "\u{202E}evil\u{202C}"),
    ("👩‍👩‍👧‍👦<👍🏽", "👩‍👩‍👧‍👦&lt;👍🏽"),
    ("line\nbreak\ttab", "line\nbreak\ttab"),
  ])
  func everySpecialByte(text: String, escaped: String) {
    #expect(Array(htmlEscaped(text).utf8) == Array(escaped.utf8))
  }

  @Test func allOfALongText() {
    let text = String(repeating: "<\u{0301}😀\"", count: 5_000)
    let escaped = htmlEscaped(text)
    #expect(!escaped.utf8.contains(UInt8(ascii: "<")))
    #expect(!escaped.utf8.contains(UInt8(ascii: "\"")))
    #expect(escaped.utf8.count == text.utf8.count + 5_000 * (3 + 5))
  }

  @Test func textThatIsNotStoredAsUTF8() {
    let parts = ["<", "b", ">"]
    #expect(htmlEscaped(parts.joined()) == "&lt;b&gt;")
  }
}
