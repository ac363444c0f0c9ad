import Foundation
import Testing
import Web

/// Templates escape what they are given, everywhere.
@Suite struct TemplatesTests {
  private func render(_ files: [String: String], _ name: String, _ view: View) throws -> String {
    let folder = FileManager.default.temporaryDirectory.appending(path: "templates-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: folder) }
    for (path, text) in files {
      let file = folder.appending(path: path + (path.hasSuffix(".po") ? "" : ".mustache"))
      try FileManager.default.createDirectory(
        at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(text.utf8).write(to: file)
    }
    let words = try Words(folder: folder.appending(path: "languages"))
    return try Templates(folder: folder, words: words).render(
      name, view, in: words.languages.last ?? .english)
  }

  private static let text = "\"\u{0301}<b>&'"
  private static let escaped = "&quot;\u{0301}&lt;b&gt;&amp;&#39;"

  private func expect(_ result: String, _ expected: String) {
    #expect(Array(result.utf8) == Array(expected.utf8), "\(result)")
  }

  @Test func inATemplate() throws {
    let result = try render(["page": "<a title=\"{{x}}\">{{x}}</a>"], "page", View(["x": Self.text]))
    expect(result, "<a title=\"\(Self.escaped)\">\(Self.escaped)</a>")
  }

  @Test func inAPartialASectionAndALayout() throws {
    let files = [
      "layouts/page": "<title>{{x}}</title>{{$body}}{{/body}}{{x}}",
      "fragments/part": "[{{x}}{{#each}}{{.}}{{/each}}]",
      "pages/all": "{{<layouts.page}}{{$body}}{{>fragments/part}}{{#x}}{{.}}{{/x}}{{/body}}{{/layouts.page}}",
    ]
    let view = View(["x": Self.text, "each": [Self.text, "plain"]])
    let text = Self.escaped
    expect(
      try render(files, "pages/all", view), "<title>\(text)</title>[\(text)\(text)plain]\(text)\(text)")
  }

  @Test func threeBracesDoNot() throws {
    expect(try render(["page": "{{{x}}}"], "page", View(["x": "<b>"])), "<b>")
  }

  @Test func valuesAreNoTemplates() throws {
    expect(try render(["page": "{{x}}"], "page", View(["x": "{{y}}", "y": "z"])), "{{y}}")
  }

  @Test func nilHidesAndDoesNotFallThrough() throws {
    let inner = View(["name": nil as String?])
    let view = View(["name": "outer", "inner": inner])
    let template = "{{#inner}}[{{name}}{{#name}}x{{/name}}{{^name}}none{{/name}}]{{/inner}}"
    expect(try render(["page": template], "page", view), "[none]")
  }

  @Test func addedValuesWin() throws {
    let view = View(["a": 1, "b": 2]).adding(["b": 3, "c": nil as Int?])
    expect(try render(["page": "{{a}}{{b}}{{c}}{{d}}"], "page", view), "13")
  }

  @Test func indentationIsForTheReaderOfTheFile() throws {
    let files = ["page": "<ul>\n  {{>part}}\n</ul>\n", "part": "    <li>{{x}}</li>\n"]
    expect(try render(files, "page", View(["x": "a\n  b"])), "<ul>\n<li>a\n  b</li></ul>")
  }

  private static let german = """
    msgid "From {address}"
    msgstr "Von <b>{address}</b> {{"

    msgid "Read {a}this{/a}"
    msgstr "Das {a}hier{/a} lesen"

    msgctxt "session"
    msgid "End"
    msgstr "Beenden"
    """

  @Test func sentencesInAnotherLanguage() throws {
    let page =
      #"<p title="[[session|End]]">[[From {{address}}]] [[End]] [[Read <a href="{{x}}">this</a>]] {{y}}</p>"#
    let view = View(["address": "<1>", "x": "/a", "y": Sentence("End", in: "session")])
    expect(
      try render(["page": page], "page", view),
      #"<p title="End">From &lt;1&gt; End Read <a href="/a">this</a> End</p>"#)
    // What a translator wrote is neither markup nor a tag of the template.
    expect(
      try render(["page": page, "languages/de.po": Self.german], "page", view),
      #"<p title="Beenden">Von &lt;b&gt;&lt;1&gt;&lt;/b&gt; &#123;&#123; End "#
        + #"Das <a href="/a">hier</a> lesen Beenden</p>"#)
  }

  @Test(arguments: ["[[Half", "[[Half {{tag]]", "[[<b x>two</b> <b y>names</b>]]"])
  func noSentence(text: String) {
    #expect(throws: Templates.Failure.self) { try render(["page": text], "page", View([:])) }
  }

  @Test func anEmptyFolderAndABrokenTemplate() throws {
    #expect(throws: Templates.Failure.self) { try render([:], "page", View([:])) }
    let error = #expect(throws: Templates.Failure.self) { try render(["page": "{{#a}}"], "page", View([:])) }
    #expect(error?.description.contains("page.mustache") == true)
  }
}
