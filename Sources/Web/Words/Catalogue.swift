/// What the sentences of the product are in one language. What it lacks is said in English.
struct Catalogue: Sendable {
  let pluralRule: PluralRule
  let entries: [CatalogueEntry]
  private let translations: [Sentence.Key: [String]]

  /// One that says nothing.
  init() { (pluralRule, entries, translations) = (.one, [], [:]) }

  init(_ file: CatalogueFile) {
    pluralRule = file.pluralRule
    entries = file.entries.filter { !$0.translations.isEmpty }
    translations = Dictionary(entries.map { ($0.key, $0.translations) }) { first, _ in first }
  }

  subscript(key: Sentence.Key) -> String? {
    // Most servers speak English alone, and nothing is looked up there.
    translations.isEmpty ? nil : translations[key]?.first
  }

  subscript(key: Sentence.Key, count: Int) -> String? {
    guard let forms = translations[key] else { return nil }
    let form = pluralRule.form(of: count)
    return forms.indices.contains(form) ? forms[form] : nil
  }
}
