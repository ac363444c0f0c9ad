import Testing
import Web

@testable import Chat

/// What in a text is a link, where it leads, and what is not.
@Suite struct LinkTests {
  /// The texts and addresses of the links in a text.
  private static func links(_ text: String) -> [String] {
    let markup = Markup(text)
    return markup.pieces.compactMap { piece in
      guard case .link(let range, let address) = piece else { return nil }
      let typed = markup.string(range)
      return typed == address ? typed : "\(typed) to \(address)"
    }
  }

  @Test(arguments: [
    ("See https://example.com/a?b=c#d.", ["https://example.com/a?b=c#d"]),
    ("HTTP://Example.COM", ["HTTP://Example.COM"]),
    ("www.example.com, and", ["www.example.com to http://www.example.com"]),
    ("example.com/a", ["example.com/a to http://example.com/a"]),
    (
      "fernhill-trails.example/quarry",
      ["fernhill-trails.example/quarry to http://fernhill-trails.example/quarry"]
    ),
    ("mara@example.org!", ["mara@example.org to mailto:mara@example.org"]),
    ("mailto:mara@example.org", ["mailto:mara@example.org"]),
    ("(https://en.wikipedia.org/wiki/Tea_(meal))", ["https://en.wikipedia.org/wiki/Tea_(meal)"]),
    ("https://a.de/(b))", ["https://a.de/(b)"]),
    ("[https://a.de/x]", ["https://a.de/x"]),
    ("“https://a.de/x”", ["https://a.de/x"]),
    ("**https://a.de/x**", ["https://a.de/x"]),
    ("_https://a.de/x_", ["https://a.de/x"]),
    ("https://a.de/snake_case_name_", ["https://a.de/snake_case_name"]),
    ("看https://a.cn/路径，好", ["https://a.cn/路径"]),
    ("http://localhost:8080/", ["http://localhost:8080/"]),
    ("http://192.168.1.7:3000/a", ["http://192.168.1.7:3000/a"]),
    ("https://bücher.example/", ["https://bücher.example/"]),
    ("https://пример.рф/", ["https://пример.рф/"]),
    ("https://日本語テスト.jp/", ["https://日本語テスト.jp/"]),
    ("https://a.de/ü?q=é", ["https://a.de/ü?q=é"]),
    ("https://a.de...", ["https://a.de"]), ("https://a.de/?!", ["https://a.de/"]),
    ("a@b.de,c@d.de", ["a@b.de to mailto:a@b.de", "c@d.de to mailto:c@d.de"]),
    ("README.md/x", ["README.md/x to http://README.md/x"]),
  ])
  func found(text: String, links: [String]) {
    #expect(Self.links(text) == links)
  }

  @Test(arguments: [
    "+49 170 1234567", "0170/1234567", "1.2.3", "10.30", "e.g. this", "z.B. so", "README.md", "main.py",
    "run.sh", "end.Then",
    "a.b", "www.", "www.com", "http://", "https:///a", "http://.", "http://-a.de", "ftp://a.de",
    "javascript:alert(1)", "a@b", "@a.de",
    "a@b.1", ".a@b.de", "http://a_b@c.de/", "https://google.com@evil.example/",
    "http://good.com\\@evil.example/",
    "https://аpple.com/", "https://аррӏе.com/", "https://ex\u{200B}ample.com/",
    "https://ex\u{202E}ample.com/",
    "https://a.de/\u{202E}gpj.exe", "https://a.de\u{AD}x/", "http://1.2.3/", "http://a.de:99999999/",
    "xhttps://a.de", "übera.de",
    "https://google.com\u{FF0F}evil.example", "http://a..de/", "foo_example.com",
    "http\u{1A}\u{0F}\u{0F}evil.example", "a=example.com",
    "path/example.com", "x:example.com",
  ])
  func none(text: String) {
    #expect(Self.links(text).isEmpty)
  }

  @Test func aLinkToAMessageOfThisServerStaysHere() {
    #expect(
      MarkupTests.html("https://chat.example/messages/12")
        == "<a class=\"to-message\" href=\"/messages/12\">https://chat.example/messages/12</a>")
    for text in ["https://chat.example/messages/12/edit", "https://other.example/messages/12"] {
      #expect(MarkupTests.html(text).contains("target=\"_blank\""))
    }
  }

  @Test func whatALinkIsWrittenAs() {
    #expect(
      MarkupTests.html("https://a.de/?a=1&b='\u{0301}")
        == "<a href=\"https://a.de/?a=1&amp;b=&#39;\u{0301}\" rel=\"noopener noreferrer nofollow\" target=\"_blank\">"
        + "https://a.de/?a=1&amp;b=&#39;\u{0301}</a>")
  }
}
