/// The sentences of one source file, found by how they are written: `Sentence("…")` in Swift, `words('…')` and
/// `plural('…', '…')` in modules, `[[…]]` in templates.
struct SourceSentences {
  private(set) var entries: [CatalogueEntry] = []
  private let path: String

  /// - Parameter path: below the folder of the repository.
  /// - Throws: ``CatalogueTemplate/Failure`` for a sentence that cannot be read without running the program.
  init(_ text: String, path: String) throws(CatalogueTemplate.Failure) {
    self.path = path
    if path.hasSuffix(".mustache") {
      do {
        _ = try TemplateSentence.replacing(in: text) {
          entries.append(CatalogueEntry(key: $0.key))
          return ""
        }
      } catch { throw .init(path: path, reason: "\(error)") }
    } else if path.hasSuffix(".swift") {
      try find("Sentence", in: Self.withoutComments(text))
    } else if text.contains("/words.js'") {
      for function in ["words", "plural"] { try find(function, in: Self.withoutComments(text)) }
    }
    for index in entries.indices { entries[index].references = [path] }
  }

  private static func withoutComments(_ text: String) -> String {
    text.split(separator: "\n", omittingEmptySubsequences: false)
      .filter { !$0.drop { $0 == " " }.hasPrefix("//") }.joined(separator: "\n")
  }

  private mutating func find(_ function: String, in text: String) throws(CatalogueTemplate.Failure) {
    var rest = text[...]
    while let place = rest.firstRange(of: function + "(") {
      let before = rest[..<place.lowerBound].last
      rest = rest[place.upperBound...]
      guard before.map({ !$0.isLetter && !$0.isNumber && $0 != "_" }) ?? true else { continue }
      let arguments = rest.drop(while: \.isWhitespace)
      do throws(CatalogueTemplate.Failure) {
        guard let entry = try Self.entry(function, arguments) else {
          throw CatalogueTemplate.Failure(reason: "\(function)(\(arguments.prefix(30))… says no text")
        }
        entries.append(entry)
      } catch { throw .init(path: path, reason: error.reason) }
    }
  }

  /// The texts among the first arguments, by their labels.
  private static func entry(
    _ function: String, _ arguments: Substring
  ) throws(CatalogueTemplate.Failure) -> CatalogueEntry? {
    var rest = arguments
    var texts: [(label: Substring, text: String)] = []
    while true {
      let label = rest.prefix { $0.isLetter }
      var value = rest
      if !label.isEmpty {
        guard rest.dropFirst(label.count).hasPrefix(":") else { break }
        value = rest.dropFirst(label.count + 1).drop(while: \.isWhitespace)
      }
      guard let literal = try SourceLiteral(value) else { break }
      texts.append((label, literal.text))
      rest = literal.rest.drop(while: \.isWhitespace)
      guard rest.hasPrefix(",") else { break }
      rest = rest.dropFirst().drop(while: \.isWhitespace)
    }
    guard let first = texts.first else { return nil }
    let isCounted = function == "plural" || first.label == "one"
    return CatalogueEntry(
      key: .init(text: first.text, context: texts.first { $0.label == "in" }?.text),
      plural: isCounted ? texts.dropFirst().first?.text : nil)
  }
}
