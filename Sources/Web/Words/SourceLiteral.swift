import Foundation

/// A text in quotes as Swift or JavaScript has it, read from the start of a piece of source.
struct SourceLiteral {
  let text: String
  /// What comes after it.
  let rest: Substring

  /// - Returns: nil where no literal begins.
  /// - Throws: ``CatalogueTemplate/Failure`` for one with something in it that is not known before the program runs.
  init?(_ source: Substring) throws(CatalogueTemplate.Failure) {
    let quote = ["\"\"\"", "\"", "'"].first { source.hasPrefix($0) }
    guard let quote else { return nil }
    var raw = ""
    var rest = source.dropFirst(quote.count)
    while !rest.hasPrefix(quote) {
      guard let character = rest.popFirst() else { throw .init(reason: "a text has no end") }
      raw.append(character)
      if character == "\\", let escaped = rest.popFirst() { raw.append(escaped) }
    }
    self.rest = rest.dropFirst(quote.count)
    text = try Self.unescaped(quote.count == 3 ? Self.unindented(raw) : raw)
  }

  /// Of `"""`: each line without what stands before the quotes that end it.
  private static func unindented(_ raw: String) -> String {
    var lines = raw.split(separator: "\n", omittingEmptySubsequences: false).dropFirst()
    let indentation = lines.popLast()?.count ?? 0
    return lines.map { $0.dropFirst(indentation) }.joined(separator: "\n")
  }

  private static func unescaped(_ raw: String) throws(CatalogueTemplate.Failure) -> String {
    var text = ""
    var rest = raw[...]
    while let character = rest.popFirst() {
      guard character == "\\", let escaped = rest.popFirst() else {
        text.append(character)
        continue
      }
      switch escaped {
      case "\n": break
      case "n": text += "\n"
      case "\\", "\"", "'": text.append(escaped)
      default: throw .init(reason: "a sentence has \\\(escaped) in it: its arguments go by name")
      }
    }
    return text
  }
}
