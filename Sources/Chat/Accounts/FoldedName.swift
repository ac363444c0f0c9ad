/// What a person is found by: their name, folded, from each of its letters on, so that an index of beginnings finds
/// parts within words, too. Pure.
enum FoldedName {
  /// The most words of a question that are looked for.
  private static let maximumWords = 8
  /// The longest stretch that is compared, and the most of them for one name, in Unicode scalars.
  private static let stretch = 32
  private static let maximumStretches = 512

  /// - Returns: stretches with a space between them, which the index of names takes for its words.
  static func stretches(of name: String) -> String {
    let folding = Folding(name)
    // Some write a name as one word that others write as two.
    let joined = [folding.plain, folding.expanded].map { $0.filter { $0 != " " } }
    var found: Set<String> = []
    for word in folding.words.sorted() + joined.map({ Substring($0) }) {
      let scalars = Array(word.unicodeScalars)
      for start in scalars.indices where found.count < maximumStretches {
        found.insert(text(scalars[start...].prefix(stretch)))
      }
    }
    return found.sorted().joined(separator: " ")
  }

  /// A question to the index of names (SQLite's FTS5): all that was typed, in any order and by any of its spellings.
  /// - Returns: nil where nothing was typed that names are made of.
  static func question(_ typed: String) -> String? {
    let folding = Folding(typed)
    let words = zip(folding.plain.split(separator: " "), folding.expanded.split(separator: " "))
      .prefix(maximumWords)
      .map { plain, expanded in
        let spellings = Set([plain, expanded].map(String.init) + [contracted(String(plain))])
        return "("
          + spellings.sorted().map { "\"\(text($0.unicodeScalars.prefix(stretch)))\" *" }
          .joined(separator: " OR ") + ")"
      }
    return words.isEmpty ? nil : words.joined(separator: " AND ")
  }

  /// As it would be with the letters that were written as two for want of an umlaut: `baerenmuller` as `barenmuller`.
  private static func contracted(_ word: String) -> String {
    ["ae": "a", "oe": "o", "ue": "u"].reduce(word) { $0.replacing($1.key, with: $1.value) }
  }

  private static func text(_ scalars: some Sequence<Unicode.Scalar>) -> String {
    String(String.UnicodeScalarView(scalars))
  }
}
