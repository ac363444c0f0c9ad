/// `{name}` in a sentence, where something is put in.
enum Placeholders {
  /// - Parameters:
  ///   - value: what takes the place of a name; nil leaves it as it stands.
  ///   - escaped: what becomes of the text between.
  static func filled(
    _ pattern: String, escaped: (String) -> String = { $0 }, _ value: (String) -> String?
  ) -> String {
    var text = ""
    var rest = pattern[...]
    while let start = rest.firstIndex(of: "{"), let end = rest[start...].firstIndex(of: "}") {
      text += escaped(String(rest[..<start]))
      let name = String(rest[rest.index(after: start)..<end])
      text += value(name) ?? escaped("{\(name)}")
      rest = rest[rest.index(after: end)...]
    }
    return text + escaped(String(rest))
  }

  static func names(in pattern: String) -> Set<String> {
    var names: Set<String> = []
    _ = filled(pattern) { names.insert($0).inserted ? nil : nil }
    return names
  }
}
