import Foundation

/// A language that there are words in: English, which the code and the templates say, or another by its catalogue.
/// One object each, so that it costs nothing to hand on.
public final class Language: Sendable, Hashable {
  public static let english = Language(tag: "en", catalogue: Catalogue())

  /// BCP 47.
  public let tag: String
  public let isRightToLeft: Bool
  let catalogue: Catalogue

  init(tag: String, catalogue: Catalogue) {
    self.tag = tag
    self.catalogue = catalogue
    let parts = tag.split(separator: "-")
    let script = parts.dropFirst().first { $0.count == 4 }.map(String.init)
    isRightToLeft =
      script.map(Self.rightToLeftScripts.contains)
      ?? Self.rightToLeftLanguages.contains(parts.first.map(String.init) ?? "")
  }

  public static func == (one: Language, other: Language) -> Bool {
    one === other || one.tag == other.tag
  }

  public func hash(into hasher: inout Hasher) { hasher.combine(tag) }

  public var isEnglish: Bool { self === Self.english }

  /// What Foundation's format styles ask for.
  public var locale: Locale { Locale(identifier: tag) }

  /// As HTML's attribute `dir` has it.
  public var direction: String { isRightToLeft ? "rtl" : "ltr" }

  public func text(_ sentence: Sentence) -> String {
    switch sentence.content {
    case .words(let key, let arguments): filled(catalogue[key] ?? key.text, arguments)
    case .counted(let key, let other, let count, let arguments):
      filled(catalogue[key, count] ?? (count == 1 ? key.text : other), arguments)
    case .verbatim(let text): text
    case .made(let make): make(self)
    case .list(let sentences): list(sentences.map(text))
    case .sequence(let sentences): sentences.map(text).joined(separator: " ")
    }
  }

  private func filled(_ pattern: String, _ arguments: [String: any Sendable]) -> String {
    arguments.isEmpty
      ? pattern
      : Placeholders.filled(pattern) { name in
        arguments[name].map { argument in
          switch argument {
          case let sentence as Sentence: text(sentence)
          case let number as Int: self.number(number)
          case let number as Double: tenths(number)
          default: "\(argument)"
          }
        }
      }
  }

  /// Those of CLDR that are written from right to left.
  private static let rightToLeftLanguages: Set = [
    "ar", "arc", "ckb", "dv", "fa", "glk", "he", "ks", "lrc", "mzn", "nqo", "ps", "sd", "syr", "ug", "ur",
    "yi",
  ]
  private static let rightToLeftScripts: Set = [
    "Adlm", "Arab", "Hebr", "Mand", "Nkoo", "Rohg", "Samr", "Syrc", "Thaa",
  ]
}
