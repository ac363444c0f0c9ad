import Foundation
import Testing

@testable import Web

/// What is left out of the files that browsers get.
@Suite struct SourceTextTests {
  private func lean(_ text: String) -> String {
    String(decoding: SourceText.lean(Data(text.utf8)), as: UTF8.self)
  }

  @Test func indentsAndComments() {
    #expect(
      lean("/* One\n two */\n@layer a {\n  b { c: d; }\n\n  /* three */\n}\n") == "@layer a {\nb { c: d; }\n}"
    )
    #expect(
      lean("/** Doc. */\nconst a = 'b // c' // stays\n  // goes\n  f()\n")
        == "const a = 'b // c' // stays\nf()")
  }

  /// What the rule takes for granted of our own files.
  @Test func ourFilesKeepToIt() throws {
    let root = (0..<3).reduce(URL(filePath: #filePath)) { url, _ in url.deletingLastPathComponent() }
    let found = FileManager.default.enumerator(
      at: root.appending(path: "Public"), includingPropertiesForKeys: nil)
    var count = 0
    for case let file as URL in found?.allObjects ?? [] where ["js", "css"].contains(file.pathExtension) {
      count += 1
      for line in try String(contentsOf: file, encoding: .utf8).split(separator: "\n") {
        let text = line.trimmingCharacters(in: .whitespaces)
        #expect(text.count { $0 == "`" } % 2 == 0, "\(file.lastPathComponent): \(text)")
        if text.contains("*/") { #expect(text.hasSuffix("*/"), "\(file.lastPathComponent): \(text)") }
        if text.contains("/*"), !text.contains("'") {
          #expect(text.hasPrefix("/*"), "\(file.lastPathComponent): \(text)")
        }
      }
    }
    #expect(count > 10)
  }
}
