import Foundation

/// What a person reads or hears of a page or a fragment: its texts, and the attributes that are for people. Enough of
/// HTML for what the templates make.
struct VisibleText {
  /// Letters that come neither from the catalogue, which a ``PseudoLanguage`` marks, nor from people, who write Greek
  /// in these tests.
  private(set) var strays: [String] = []
  private var depth = 0

  private static let attributes: Set = [
    "title", "alt", "aria-label", "aria-description", "placeholder", "label",
  ]
  /// The name of the program is the same everywhere.
  private static let name = "Nextalk"

  init(_ html: String) {
    var rest = html[...]
    while let start = rest.firstIndex(of: "<") {
      read(String(rest[..<start]))
      rest = rest[start...]
      if rest.hasPrefix("<style"), let end = rest.range(of: "</style>") {
        rest = rest[end.upperBound...]
        continue
      }
      let end = Self.end(of: rest)
      for (attribute, value) in Self.attributes(of: rest[..<end]) { read(attribute, value) }
      rest = rest[end...]
    }
    read(String(rest))
    if depth != 0 { strays.append("half a sentence") }
  }

  private mutating func read(_ attribute: String, _ value: String) {
    let isForPeople =
      Self.attributes.contains(attribute) || attribute.hasPrefix("data-") && value.contains(" ")
    guard isForPeople else { return }
    let outer = depth
    depth = 0
    read(value)
    depth = outer
  }

  private mutating func read(_ text: String) {
    var stray = ""
    for character in text {
      switch character {
      case PseudoLanguage.opening: depth += 1
      case PseudoLanguage.closing: depth -= 1
      default: if depth == 0 { stray.append(character) }
      }
    }
    stray = stray.replacing(/&#?\w+;/, with: "").replacing(Self.name, with: "")
    if stray.unicodeScalars.contains(where: Self.isLatin) { strays.append(text) }
  }

  private static func isLatin(_ scalar: Unicode.Scalar) -> Bool {
    scalar.properties.isAlphabetic && scalar.value < 0x250
  }

  /// Past the `>` that ends a tag, which may stand in its attributes too.
  private static func end(of tag: Substring) -> String.Index {
    var isQuoted = false
    for index in tag.indices {
      if tag[index] == "\"" { isQuoted.toggle() }
      if tag[index] == ">", !isQuoted { return tag.index(after: index) }
    }
    return tag.endIndex
  }

  private static func attributes(of tag: Substring) -> [(String, String)] {
    tag.matches(of: /\s([\w-]+)="([^"]*)"/).map { (String($0.1), String($0.2)) }
  }
}
