import Foundation
import HTTPTypes
import Hummingbird
import NIOCore
import Testing

@testable import Web

/// Sentences in their languages, and which of them an answer is in.
@Suite struct WordsTests {
  private static let catalogue = """
    # A comment.
    msgid ""
    msgstr ""
    "Plural-Forms: nplurals=3; plural=(n==1 ? 0 : n%10>=2 && n%10<=4 && (n%100<12 || n%100>14) ? 1 : 2);\\n"

    #: Public/js/count.js
    msgid "{count} image"
    msgid_plural "{count} images"
    msgstr[0] "{count} obraz"
    msgstr[1] "{count} obrazy"
    msgstr[2] "{count} obrazów"

    msgid "Wait {time}, "
    "then \\"try\\" again.\\n"
    msgstr "Poczekaj {time}\\n"

    #, fuzzy
    msgid "Close"
    msgstr "?"

    #: Public/js/a.js Sources/B.swift
    msgid "Open"
    msgstr "Otwórz </script>"

    #~ msgid "Gone"
    #~ msgstr "?"
    """

  private static func polish() throws -> Language {
    Language(tag: "pl", catalogue: Catalogue(try CatalogueFile(catalogue, name: "pl.po")))
  }

  @Test func english() {
    let english = Language.english
    #expect(english.text(Sentence("A {b} {c}", ["b": 1_234_567, "c": Sentence("d")])) == "A 1,234,567 d")
    #expect(english.text(Sentence("A {b}", ["b": "{c}", "c": "d"])) == "A {c}")
    #expect(english.text(Sentence(one: "{count} image", other: "{count} images", count: 1)) == "1 image")
    #expect(english.text(Sentence(one: "{count} image", other: "{count} images", count: 0)) == "0 images")
    let list = ["a", "b", "c"].map { Sentence.verbatim($0) }
    #expect(english.text(.list(list)) == "a, b and c" && english.text(.sequence(list)) == "a b c")
    #expect(english.text(.list([])) == "" && english.number(-1_000) == "-1,000")
  }

  @Test(arguments: [(1, "1 obraz"), (2, "2 obrazy"), (5, "5 obrazów"), (12, "12 obrazów"), (22, "22 obrazy")])
  func plurals(count: Int, text: String) throws {
    let sentence = Sentence(one: "{count} image", other: "{count} images", count: count)
    #expect(try Self.polish().text(sentence) == text)
  }

  @Test func whatIsNotTranslated() throws {
    let polish = try Self.polish()
    #expect(polish.text(Sentence("Close")) == "Close")
    #expect(polish.text(Sentence("Open", in: "other")) == "Open")
    let sentence = Sentence("Wait {time}, then \"try\" again.\n", ["time": Sentence("Open")])
    #expect(polish.text(sentence) == "Poczekaj Otwórz </script>\n")
  }

  @Test(arguments: [
    ("msgid \"a\"\nmsgid_plural \"b\"\nmsgstr \"c\"", 3), ("msgid \"a\nmsgstr \"\"", 1), ("\"a\"", 1),
    ("msgid \"a\"\nmsgstr \"{b}\"", 2), ("msgid \"a\"\nmsgstr \"\\x\"", 2), ("word \"a\"", 1),
    ("msgid \"a\"\nmsgstr \"\"\n\nmsgid \"a\"\nmsgstr \"\"", 5), ("msgstr \"a\"", 1),
    ("msgid \"\"\nmsgstr \"Plural-Forms: nplurals=2; plural=system(n);\\n\"", 2),
  ])
  func broken(text: String, line: Int) {
    let error = #expect(throws: CatalogueFile.Failure.self) { try CatalogueFile(text, name: "x.po") }
    #expect(error?.description.hasPrefix("x.po, line \(line): ") == true)
  }

  @Test func asItWasWritten() throws {
    let file = try CatalogueFile(Self.catalogue, name: "pl.po")
    let text = "msgid \"\"\nmsgstr \"Plural-Forms: nplurals=3; plural=n;\\n\"\n\n"
    let again = try CatalogueFile(text + file.entries.map(\.text).joined(separator: "\n"), name: "pl.po")
    #expect(again.entries.map(\.text) == file.entries.map(\.text))
  }

  @Test(arguments: [
    (nil, "en"), ("", "en"), ("*", "en"), ("fr", "en"), ("pl", "pl"), ("PL-pl", "pl"), ("fr, pl;q=0.1", "pl"),
    ("pl;q=0.5, en", "en"), ("pl;q=0, de", "en"), ("pt-BR-x-a, pl", "pt-BR"), ("pt", "en"), ("pl;q=x", "en"),
    ("en-GB;q=0.8,pl;q=0.9", "pl"),
  ])
  func accepted(header: String?, tag: String) throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "words-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: folder) }
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    for name in ["pl.po", "pt-BR.po", "nextalk.pot"] {
      try Data("".utf8).write(to: folder.appending(path: name))
    }
    var head = HTTPRequest(method: .get, scheme: "http", authority: "a", path: "/")
    if let header { head.headerFields[.acceptLanguage] = header }
    let words = try Words(folder: folder)
    #expect(words.languages.map(\.tag) == ["en", "pl", "pt-BR"])
    #expect(words.language(of: Request(head: head, body: .init(buffer: ByteBuffer()))).tag == tag)
  }

  @Test(arguments: [("ar", true), ("he-IL", true), ("de", false), ("az-Arab", true), ("ar-Latn", false)])
  func direction(tag: String, isRightToLeft: Bool) {
    #expect(Language(tag: tag, catalogue: Catalogue()).isRightToLeft == isRightToLeft)
  }

  @Test func theModuleOfALanguage() throws {
    let text = TranslationsModule(of: try Self.polish()).text
    #expect(text.contains("\"Open\": \"Otwórz <\\/script>\""))
    #expect(text.contains("\"{count} image\": [\"{count} obraz\", \"{count} obrazy\", \"{count} obrazów\"]"))
    #expect(text.contains("n => Number((n==1?0:n%10>=2&&n%10<=4&&(n%100<12||n%100>14)?1:2))"))
    #expect(!text.contains("Wait"))
  }

  @Test func whatIsReadFromSources() throws {
    let swift = """
      // Sentence("Not this")
      static let a = Sentence("One", in: "two", ["x": Sentence("Three \\"four\\"")])
      let b = Sentence(
        one: "{count} five", other: "{count} fives",
        count: 5)
      let c = Sentence(
        \"\"\"
        Six \\
        seven.
        \"\"\", [:])
      """
    let keys = try SourceSentences(swift, path: "a.swift").entries
    #expect(keys.map(\.key.text) == ["One", "Three \"four\"", "{count} five", "Six seven."])
    #expect(keys[0].key.context == "two" && keys[2].plural == "{count} fives")
    let script =
      "import { words } from './words.js'\nwords('Don\\'t {x}', { x })\nplural('{count} a',\n  '{count} as', count)"
    let modules = try SourceSentences(script, path: "a.js").entries
    #expect(modules.map(\.key.text) == ["Don't {x}", "{count} a"] && modules[1].plural == "{count} as")
    #expect(try SourceSentences("words(time)", path: "b.js").entries.isEmpty)
    #expect(throws: CatalogueTemplate.Failure.self) { try SourceSentences("Sentence(text)", path: "a.swift") }
    #expect(throws: CatalogueTemplate.Failure.self) {
      try SourceSentences("Sentence(\"a \\(b)\")", path: "a.swift")
    }
  }
}
