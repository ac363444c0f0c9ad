import Foundation
import Testing

@testable import Chat
@testable import Web

/// Every sentence goes through the catalogue, and it holds no other.
@Suite struct CatalogueTests {
  /// `nextalk words` makes it anew.
  @Test func nothingIsMissingAndNothingUnused() throws {
    let file = TestServer.root.appending(path: CatalogueTemplate.path)
    let kept = try String(contentsOf: file, encoding: .utf8)
    let made = try CatalogueTemplate(of: TestServer.root)
    let known = try CatalogueFile(kept, name: file.lastPathComponent).entries.map(\.key)
    let keys = made.entries.map(\.key)
    for key in keys { #expect(known.contains(key), "missing: \(key.text)") }
    for key in known { #expect(keys.contains(key), "unused: \(key.text)") }
    #expect(made.text == kept, "run nextalk words")
  }

  /// Also in branches that no test brings about.
  @Test func noTemplateSaysAnythingElse() throws {
    let folder = TestServer.root.appending(path: "Templates")
    var texts: [String: String] = [:]
    for case let path as String in FileManager.default.enumerator(atPath: folder.path) ?? .init()
    where path.hasSuffix(".mustache") && path != "export/style.mustache" {
      texts[path] = try String(contentsOf: folder.appending(path: path), encoding: .utf8)
        .replacing(/\{\{<.*?\}\}/, with: "")
    }
    // What a page gives to a place within a tag of its layout is part of that tag.
    let blocksInTags = texts.values.flatMap {
      $0.matches(of: /<[^>]*\{\{\$([\w-]+)\}\}[^>]*>/).map { String($0.1) }
    }
    for (path, text) in texts {
      var text = text
      for name in blocksInTags {
        let block = try Regex<(Substring, Substring)>("\\{\\{\\$\(name)\\}\\}([^{]*)\\{\\{/\(name)\\}\\}")
        text = text.replacing(block) { match in
          let start = text[..<match.range.lowerBound]
          let isInTag =
            (start.lastIndex(of: "<") ?? start.startIndex) > (start.lastIndex(of: ">") ?? start.startIndex)
          return isInTag ? String(match.output.1) : "<i \(match.output.1)>"
        }
      }
      let rest = try TemplateSentence.replacing(in: text) { _ in "" }.replacing(/\{\{\{?.*?\}?\}\}/, with: "")
      #expect(VisibleText(rest).strays == [], "\(path)")
    }
  }

  /// What looks like a sentence in the code is one, unless it is for the log or for programs.
  @Test func noCodeSaysAnythingElse() throws {
    let folder = TestServer.root.appending(path: "Sources")
    for case let path as String in FileManager.default.enumerator(atPath: folder.path) ?? .init()
    where path.hasSuffix(".swift") && !Self.isForOthers.contains(where: path.hasPrefix) {
      let text = try String(contentsOf: folder.appending(path: path), encoding: .utf8)
        .split(separator: "\n").filter { !$0.drop { $0 == " " }.hasPrefix("//") }.joined(separator: "\n")
      for match in text.matches(of: /"[A-Z][a-z’]* [^"\n]*[.?!…]"/) {
        let before = text[..<match.range.lowerBound].reversed().drop(while: \.isWhitespace).prefix(9)
        let call = String(before.reversed())
        #expect(
          call.hasSuffix("Sentence(") || call.hasSuffix("one:") || call.hasSuffix("other:"),
          "\(path): \(match.output)")
      }
    }
  }

  private static let isForOthers = [
    "Bench/", "Web/Scripts/", "Web/Words/", "Chat/Messages/MessageLoad.swift",
  ]
}
