import Foundation

/// A sentence in a template, `[[Load older messages]]`, see ``Templates``.
struct TemplateSentence {
  /// Why it is none.
  struct Failure: Error, CustomStringConvertible {
    let description: String
  }

  let key: Sentence.Key
  private let source: String
  /// By its name in the sentence, the tag of Mustache or HTML that stands there.
  private var parts: [String: String] = [:]

  /// - Parameter source: what stands between the brackets.
  init(_ source: String) throws(Failure) {
    let halves = source.split(separator: "|", maxSplits: 1)
    self.source = halves.last.map(String.init) ?? ""
    var text = ""
    var rest = self.source[...]
    while let start = rest.firstIndex(where: { $0 == "{" || $0 == "<" }) {
      let isElement = rest[start] == "<"
      guard let end = rest[start...].range(of: isElement ? ">" : "}}"),
        isElement || rest[start...].hasPrefix("{{")
      else { throw Failure(description: "[[\(source)]] has half a tag") }
      let part = rest[start..<end.upperBound]
      let name = String(
        isElement ? part.dropFirst().prefix { $0 != " " && $0 != ">" } : part.dropFirst(2).dropLast(2))
      guard parts[name] == nil || parts[name] == String(part) else {
        throw Failure(description: "[[\(source)]] has two tags of one name")
      }
      parts[name] = String(part)
      text += rest[..<start] + "{\(name)}"
      rest = rest[end.upperBound...]
    }
    key = .init(text: text + rest, context: halves.count == 2 ? String(halves[0]) : nil)
  }

  /// As a template has it: what a translator wrote is text, never a tag.
  func source(in language: Language) -> String {
    guard let translation = language.catalogue[key] else { return source }
    return Placeholders.filled(translation) {
      htmlEscaped($0).replacing("{", with: "&#123;")
    } _: {
      parts[$0]
    }
  }

  /// Puts something in the place of each sentence of a template.
  static func replacing(in text: String, with replacement: (TemplateSentence) -> String) throws(Failure)
    -> String
  {
    let pieces = text.components(separatedBy: "[[")
    var result = pieces[0]
    for piece in pieces.dropFirst() {
      guard let end = piece.range(of: "]]") else {
        throw Failure(description: "[[\(piece.prefix(40)) has no end")
      }
      result += replacement(try TemplateSentence(String(piece[..<end.lowerBound]))) + piece[end.upperBound...]
    }
    return result
  }
}
