import Foundation

/// The module `translations.js` of a language, for `words.js`: what modules say, and which form goes with a number.
public struct TranslationsModule: Sendable {
  /// How modules are found among the references of a catalogue.
  private static let folder = "Public/js/"

  public let text: String

  public init(of language: Language) {
    let catalogue = language.catalogue
    let entries = catalogue.entries.filter { $0.references.contains { $0.hasPrefix(Self.folder) } }
    let lines = entries.map { entry in
      let translations = entry.translations.map(Self.quoted)
      return Self.quoted(entry.key.text) + ": "
        + (entry.plural == nil ? translations[0] : "[\(translations.joined(separator: ", "))]")
    }
    text = """
      export const language = \(Self.quoted(language.tag))
      export const pluralRule = n => Number(\(catalogue.pluralRule.text))
      export const translations = {\(lines.joined(separator: ",\n"))}

      """
  }

  /// As a text of JavaScript, which JSON's are.
  private static func quoted(_ text: String) -> String {
    (try? JSONEncoder().encode(text)).map { String(decoding: $0, as: UTF8.self) } ?? "\"\""
  }
}
