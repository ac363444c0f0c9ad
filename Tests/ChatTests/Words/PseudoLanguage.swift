import Foundation

@testable import Web

/// A language that no one speaks, which shows where a sentence did not come through the catalogue: longer than English,
/// with accents, between marks, and from right to left.
enum PseudoLanguage {
  static let tag = "ar-XB"
  static let opening: Character = "⟦"
  static let closing: Character = "⟧"

  /// A copy of the product's templates and assets with the language beside them.
  static func resources() throws -> URL {
    let folder = FileManager.default.temporaryDirectory.appending(path: "nextalk-words-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    for name in ["Templates", "Public"] {
      try FileManager.default.copyItem(
        at: TestServer.root.appending(path: name), to: folder.appending(path: name))
    }
    let header = CatalogueEntry(
      key: .init(text: ""), translations: ["Plural-Forms: nplurals=2; plural=(n != 1);\n"])
    let entries = try CatalogueTemplate(of: TestServer.root).entries.map(translated)
    let text = ([header] + entries).map(\.text).joined(separator: "\n")
    try Data(text.utf8).write(to: folder.appending(path: "Templates/languages/\(tag).po"))
    return folder
  }

  private static func translated(_ entry: CatalogueEntry) -> CatalogueEntry {
    var entry = entry
    entry.translations = [entry.key.text, entry.plural].compactMap { $0 }.map(translated)
    return entry
  }

  static func translated(_ text: String) -> String {
    let longer = Placeholders.filled(text, escaped: accented) { "{\($0)}" }
    return "\(opening)\(longer) …\(closing)"
  }

  /// Only letters, so that what a program reads in a sentence, such as `--data`, goes too: it is for people here.
  private static func accented(_ text: String) -> String {
    String(text.flatMap { letter in accents[letter].map { [$0, "\u{0301}"] } ?? [letter] }.map { $0 })
  }

  private static let accents: [Character: Character] = ["a": "à", "e": "ê", "i": "ï", "o": "ö", "u": "ü"]
}
