import Testing

@testable import Web

/// What is left out of the files that browsers get.
@Suite struct SourceTextTests {
  private func lean(_ text: String) throws -> String { try SourceText.lean(text, file: "a.js") }

  @Test func leavesOutIndentationAndComments() throws {
    #expect(
      try lean("/* One\n two */\n@layer a {\n  b { c: d; }\n\n  /* three */\n}\n")
        == "@layer a {\nb { c: d; }\n}")
    #expect(
      try lean("/** Doc. */\nconst a = 1 // stays\n\t// goes\r\n  f()  \n") == "const a = 1 // stays\nf()")
  }

  @Test(arguments: [
    "const a = 'https://example.org' + \"/* b */\"", "accept('image/*')", "const a = `x // ${b} \\` /*`",
    "const a = /[/]*\\/\\/`?`/", "a(`  two  spaces  `)",
  ])
  func keepsALineAsItIs(_ line: String) throws {
    #expect(try lean("f(\n    \(line)\n)") == "f(\n\(line)\n)")
  }

  @Test func knowsTheNumberOfALine() throws {
    #expect(try SourceText.lines(of: "\n/*\n*/\na\n\n// b\nc", file: "a.js").map(\.number) == [4, 7])
  }

  @Test(arguments: [
    ("a\nb(`x\ny`)", "Line 2 of a.js holds a text that goes on in the next line."),
    ("a = 'x\\\ny'", "Line 1 of a.js holds a text that goes on in the next line."),
    ("/* a\n*/ b", "Line 2 of a.js has code behind a comment."),
    ("a\n/* b\nc", "Line 2 of a.js begins a comment that does not end."),
    ("a /* b\nc */", "Line 1 of a.js begins a comment behind code that goes on in the next line."),
  ])
  func refuses(_ text: String, _ sentence: String) {
    #expect { try lean(text) } throws: { "\($0)" == sentence }
  }
}
