import Foundation

/// All that there is to translate, made from the sources: `Templates/languages/nextalk.pot`, which translators begin
/// with and a test holds equal to what is made anew. Without line numbers and dates, so that it changes only with the
/// sentences.
public struct CatalogueTemplate: Sendable {
  /// Why it cannot be made.
  public struct Failure: Error, CustomStringConvertible {
    var path = ""
    let reason: String

    public var description: String { "\(path): \(reason)" }
  }

  /// Below the folder of the repository.
  public static let path = "Templates/languages/nextalk.pot"

  /// Where sentences are, and how their files end.
  private static let folders = ["Sources": ".swift", "Templates": ".mustache", "Public/js": ".js"]
  /// What only speaks of sentences, and what only developers see.
  private static let without = ["Sources/Web/Words/", "Sources/Bench/", "Public/js/words.js"]

  /// In the order of their texts.
  let entries: [CatalogueEntry]

  /// - Parameter repository: the folder with `Sources`, `Templates` and `Public`.
  /// - Throws: ``Failure``, and what keeps a file from being read.
  public init(of repository: URL) throws {
    var found: [Sentence.Key: CatalogueEntry] = [:]
    for (folder, ending) in Self.folders {
      let files = FileManager.default.enumerator(atPath: repository.appending(path: folder).path)
      while let file = files?.nextObject() as? String {
        let path = "\(folder)/\(file)"
        guard path.hasSuffix(ending), !Self.without.contains(where: path.hasPrefix) else { continue }
        let text = try String(contentsOf: repository.appending(path: path), encoding: .utf8)
        for entry in try SourceSentences(text, path: path).entries {
          guard let other = found[entry.key] else {
            found[entry.key] = entry
            continue
          }
          guard other.plural == nil || entry.plural == nil || other.plural == entry.plural else {
            throw Failure(path: path, reason: "\"\(entry.key.text)\" has two plurals")
          }
          found[entry.key]?.plural = other.plural ?? entry.plural
          found[entry.key]?.references = Set(other.references + entry.references).sorted()
        }
      }
    }
    entries = found.values.sorted {
      ($0.key.text, $0.key.context ?? "") < ($1.key.text, $1.key.context ?? "")
    }
  }

  /// As the file has it.
  public var text: String {
    """
    # Every sentence of Nextalk. `nextalk words` makes this file; to translate, copy it to TAG.po, such as pt-BR.po.
    msgid ""
    msgstr ""
    "Content-Type: text/plain; charset=UTF-8\\n"
    "Plural-Forms: nplurals=2; plural=(n != 1);\\n"


    """ + entries.map(\.text).joined(separator: "\n")
  }
}
