/// An entry of a catalogue: a sentence, where it stands in the sources, and how it is said in another language.
struct CatalogueEntry: Sendable {
  let key: Sentence.Key
  /// What English says of more than one; nil where no number changes it.
  var plural: String?
  /// Paths of files.
  var references: [String] = []
  /// None, or one for each form of a plural.
  var translations: [String] = []

  /// As a .po file has it.
  var text: String {
    var lines = references.map { "#: \($0)" }
    if let context = key.context { lines.append("msgctxt \(Self.quoted(context))") }
    lines.append("msgid \(Self.quoted(key.text))")
    if let plural {
      lines.append("msgid_plural \(Self.quoted(plural))")
      let forms = translations.isEmpty ? ["", ""] : translations
      lines += forms.enumerated().map { "msgstr[\($0)] \(Self.quoted($1))" }
    } else {
      lines.append("msgstr \(Self.quoted(translations.first ?? ""))")
    }
    return lines.joined(separator: "\n") + "\n"
  }

  static func quoted(_ text: String) -> String {
    "\"" + text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"").replacing("\n", with: "\\n")
      + "\""
  }
}
