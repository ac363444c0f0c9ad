import Testing
import Web

@testable import Chat

/// What of a text takes effect, and that nothing else of it changes.
@Suite struct MarkupTests {
  static func html(_ text: String, isCut: Bool = false) -> String {
    MarkupHTML(origin: Origin("https://chat.example")).html(
      Markup(text, isCut: isCut), in: .english)
  }

  @Test(arguments: [
    ("**bold**", "<strong>bold</strong>"),
    ("*italic* and _italic_", "<em>italic</em> and <em>italic</em>"),
    ("~~struck~~", "<del>struck</del>"),
    ("a `code` b", "a <code dir=\"ltr\">code</code> b"),
    ("``a ` b``", "<code dir=\"ltr\">a ` b</code>"),
    ("***both***", "<strong><em>both</em></strong>"),
    ("**bold *and italic***", "<strong>bold <em>and italic</em></strong>"),
    ("*italic **and bold***", "<em>italic <strong>and bold</strong></em>"),
    ("_a *b* c_", "<em>a <em>b</em> c</em>"),
    ("(**bold**), **so**.", "(<strong>bold</strong>), <strong>so</strong>."),
    ("これは**太字**です", "これは<strong>太字</strong>です"),
    ("**😀**", "<strong>😀</strong>"),
    ("**<b>&**", "**&lt;b&gt;&amp;**"),
    ("**a<b>**", "<strong>a&lt;b&gt;</strong>"),
    ("`**not**`", "<code dir=\"ltr\">**not**</code>"),
    ("**a `b** c`", "**a <code dir=\"ltr\">b** c</code>"),
  ])
  func marksThatTakeEffect(text: String, html: String) {
    #expect(Self.html(text) == html)
  }

  @Test(arguments: [
    "2 * 3 * 4", "2*3*4", "snake_case_name", "_", "*", ":)", ":* kiss :*", "** **", "****", "~~~~", "~a~",
    "``", "`a",
    "**open", "close**", "*a\nb*", "__init__", "^_^ and ^_^", ">_< >_<", ">:(", "-5", "- ", "1.5 litres",
    "24. Dezember", "1.", "3. not the first", "```", "```swift\nlet a = 1", "# heading", "![a](b)", "[a](b)",
    "\\*a",
    "a** b **c", "** a **", "<b>", "&amp;", "10*x_1*y_2", "https:/ /", "@all",
  ])
  func whatStaysAsTyped(text: String) {
    #expect(Self.html(text) == htmlEscaped(text))
    #expect(Markup(text).plain == text)
  }

  @Test(arguments: [
    ("> one\n> two\nthree", "<blockquote>one\ntwo\n</blockquote>three"),
    ("> > deep\n> not", "<blockquote><blockquote>deep\n</blockquote>not</blockquote>"),
    ("> a\n>\n> b", "<blockquote>a\n\nb</blockquote>"),
    ("- a\n- **b**\nc", "<ul><li>a\n</li><li><strong>b</strong>\n</li></ul>c"),
    ("1. a\n2. b", "<ol><li value=\"1\">a\n</li><li value=\"2\">b</li></ol>"),
    ("> - a", "<blockquote><ul><li>a</li></ul></blockquote>"),
    ("a\n\n- b", "a\n\n<ul><li>b</li></ul>"),
    (
      "```\na *b*\n```",
      "<div class=\"fence\"><pre dir=\"ltr\" tabindex=\"0\"><code>a *b*\n</code></pre></div>"
    ),
    (
      "x\n```swift\nlet a\n```\ny",
      "x\n<div class=\"fence\"><span class=\"language\">swift\n</span><pre dir=\"ltr\" tabindex=\"0\"><code>let a\n"
        + "</code></pre></div>y"
    ),
  ])
  func blocks(text: String, html: String) {
    #expect(Self.html(text) == html)
  }

  @Test func aTextThatIsCutClosesWhatItsRestCloses() {
    #expect(Markup("so **very lo", isCut: true).plain == "so very lo")
    #expect(Markup("```swift\nlet a", isCut: true).plain == "swift\nlet a")
    #expect(Markup("so **very lo").plain == "so **very lo")
  }

  /// Of any text each scalar is in one piece, what is not shown are marks, what was opened is closed, and the HTML holds
  /// what is left, character by character.
  @Test(arguments: 0..<20)
  func nothingEverVanishes(seed: Int) throws {
    var random = SplitMix(state: UInt64(seed))
    for _ in 0..<5_000 { try check(Self.text(&random)) }
  }

  /// Also where there is nothing but marks, as many as a message can have.
  @Test(arguments: [
    "*", "**", "***", "_", "~~", "`", "``", "> ", "- ", "1. ", "```\n", "\n", "*a", "**a", "_a", "a_", "*a ",
    "a* ",
    "~~a", "`a", "> a\n", "- a\n", "1. a\n", "```a\n", "> > > > ", "*_~~**", "a.b.", "a@b.", "http://",
    "http://a/(", "www.", "(a.de/", "(",
    "https://a.de/\u{200B}", "_a.de", "@", "\u{202E}", "**a*b_c~~d`", "` `` ", "*a **b _c ~~d ",
  ])
  func asManyMarksAsThereCanBe(mark: String) throws {
    let most = MessageText.maximumScalars
    try check(String(String(repeating: mark, count: most).prefix(most)))
    // Where what makes all of it no link stands at its end.
    try check(String(String(repeating: mark, count: most).prefix(most - 1)) + "\u{200B}")
  }

  private func check(_ text: String) throws {
    let markup = Markup(text)
    var place = 0
    var open: [Markup.Element] = []
    for piece in markup.pieces {
      if let range = piece.range {
        try #require(range.lowerBound == place && !range.isEmpty, "\(text.debugDescription)")
        place = range.upperBound
      }
      switch piece {
      case .mark(let range):
        let isMark = markup.scalars[range].allSatisfy { "*_~`>-. \n0123456789".unicodeScalars.contains($0) }
        try #require(isMark, "\(text.debugDescription)")
      case .open(let element):
        open.append(element)
        try #require(open.count <= 12, "\(text.debugDescription)")
      case .close(let element):
        try #require(open.popLast() == element, "\(text.debugDescription)")
      default: break
      }
    }
    try #require(place == markup.scalars.count && open.isEmpty, "\(text.debugDescription)")
    let html = MarkupHTML(origin: nil).html(markup, in: .english)
    try #require(Self.content(of: html) == Array(markup.plain.utf8), "\(text.debugDescription)")
  }

  /// The text in a piece of HTML, as a browser reads it.
  private static func content(of html: String) -> [UInt8] {
    let references = ["&amp;": "&", "&lt;": "<", "&gt;": ">", "&quot;": "\"", "&#39;": "'"]
    var content: [UInt8] = []
    var rest = Array(html.utf8)[...]
    while let byte = rest.first {
      if byte == UInt8(ascii: "<") {
        rest = rest.drop { $0 != UInt8(ascii: ">") }.dropFirst()
      } else if byte == UInt8(ascii: "&"),
        let reference = references.first(where: { rest.starts(with: $0.key.utf8) })
      {
        content += Array(reference.value.utf8)
        rest = rest.dropFirst(reference.key.utf8.count)
      } else {
        content.append(byte)
        rest.removeFirst()
      }
    }
    return content
  }

  private static let words = [
    "*", "**", "***", "_", "__", "~~", "~", "`", "``", "```", "```swift\n", "> ", ">", "- ", "1. ", "2. ",
    "\n", "\n", " ", " ", "a",
    "word", "é", "Größe", "漢字", "ひらがな", "ไทย", "مرحبا", "\u{200B}", "\u{202E}", "\u{0301}", "😀", "👩‍👩‍👧", "<b>",
    "&amp;", "\"", "'",
    "https://example.com/a_b_(c)", "www.example.com", "a@b.de", "example.de", "http://", "(", ")", "[", "]",
    ".", ",", "!", "@", "@all",
    "1", "23", "\u{2028}", "\t", "\u{FFFD}", "mailto:", "x.y.z", "//", ":", ";",
  ]

  private static func text(_ random: inout SplitMix) -> String {
    (0..<Int.random(in: 1...24, using: &random)).map { _ in
      words[Int.random(in: 0..<words.count, using: &random)]
    }.joined()
  }
}
