/// A .po file, read strictly: what is not understood is an error, since half a translation is worse than none.
/// Entries that are marked `fuzzy` count as not translated, as in gettext.
struct CatalogueFile {
  /// Where it is wrong, and how.
  struct Failure: Error, CustomStringConvertible {
    let name: String
    let line: Int
    let reason: String

    var description: String { "\(name), line \(line): \(reason)" }
  }

  private(set) var entries: [CatalogueEntry] = []
  private(set) var pluralRule = PluralRule.one

  private let name: String
  private var line = 0
  private var fields: [Substring: String] = [:]
  private var field: Substring?
  private var references: [String] = []
  private var isFuzzy = false
  private var known: Set<Sentence.Key> = []

  /// - Parameter name: what it is called in an error.
  init(_ text: String, name: String) throws(Failure) {
    self.name = name
    for each in text.split(separator: "\n", omittingEmptySubsequences: false) {
      line += 1
      try read(each.hasSuffix("\r") ? each.dropLast() : each)
    }
    try endEntry()
  }

  private mutating func read(_ text: Substring) throws(Failure) {
    if text.isEmpty || text.hasPrefix("#") {
      // What is out of use, `#~`, is a comment too.
      if !fields.isEmpty { try endEntry() }
      if text.hasPrefix("#: ") { references += text.dropFirst(3).split(separator: " ").map(String.init) }
      if text.hasPrefix("#,"), text.contains("fuzzy") { isFuzzy = true }
    } else if text.hasPrefix("\"") {
      guard let field else { throw failure("a text stands where none belongs") }
      fields[field, default: ""] += try unquoted(text)
    } else {
      let word = text.prefix { $0 != " " }
      if word == "msgctxt" || word == "msgid" && fields["msgid"] != nil, !fields.isEmpty { try endEntry() }
      guard Self.words.contains(word) else { throw failure("\(word) is not known") }
      guard fields[word] == nil else { throw failure("\(word) stands there twice") }
      fields[word] = try unquoted(text.dropFirst(word.count).drop { $0 == " " })
      field = word
    }
  }

  private static let words: Set<Substring> =
    Set((0..<6).map { "msgstr[\($0)]" } + ["msgctxt", "msgid", "msgid_plural", "msgstr"])

  private mutating func endEntry() throws(Failure) {
    defer { (fields, field, references, isFuzzy) = ([:], nil, [], false) }
    guard !fields.isEmpty else { return }
    guard let text = fields["msgid"] else { throw failure("there is no msgid") }
    guard !text.isEmpty else { return try readHeader() }
    var entry = CatalogueEntry(
      key: .init(text: text, context: fields["msgctxt"]), plural: fields["msgid_plural"],
      references: references)
    guard known.insert(entry.key).inserted else { throw failure("\"\(text)\" stands there twice") }
    let forms =
      entry.plural == nil
      ? [fields["msgstr"]] : (0..<pluralRule.count).map { fields["msgstr[\($0)]"] }
    let translations = forms.compactMap { $0 }
    guard translations.count == forms.count,
      fields.count == forms.count + 1 + (entry.key.context == nil ? 0 : 1) + (entry.plural == nil ? 0 : 1)
    else { throw failure("\"\(text)\" has other forms than its language") }
    let names = Placeholders.names(in: text).union(Placeholders.names(in: entry.plural ?? ""))
    for translation in translations where !translation.isEmpty {
      let found = Placeholders.names(in: translation)
      // "One image" may leave the number out; else half a tag would be left.
      guard entry.plural == nil ? found == names : found.isSubset(of: names) else {
        throw failure("what is put into \"\(text)\" is not the same in its translation")
      }
    }
    if !isFuzzy, translations.allSatisfy({ !$0.isEmpty }) { entry.translations = translations }
    entries.append(entry)
  }

  private mutating func readHeader() throws(Failure) {
    for part in (fields["msgstr"] ?? "").split(separator: "\n") where part.hasPrefix("Plural-Forms:") {
      guard let rule = PluralRule(String(part.dropFirst(13))) else {
        throw failure("the rule of its plurals is not understood")
      }
      pluralRule = rule
    }
  }

  private func unquoted(_ text: Substring) throws(Failure) -> String {
    guard text.count >= 2, text.hasPrefix("\""), text.hasSuffix("\"") else {
      throw failure("a text has no quotes")
    }
    var plain = ""
    var isEscaped = false
    for character in text.dropFirst().dropLast() {
      if isEscaped {
        guard let meant = ["n": "\n", "t": "\t", "\"": "\"", "\\": "\\"][character] else {
          throw failure("\\\(character) is not known")
        }
        plain += meant
        isEscaped = false
      } else if character == "\\" {
        isEscaped = true
      } else if character == "\"" {
        throw failure("a quote ends a text too early")
      } else {
        plain.append(character)
      }
    }
    guard !isEscaped else { throw failure("a text has no quotes") }
    return plain
  }

  private func failure(_ reason: String) -> Failure { Failure(name: name, line: line, reason: reason) }
}
