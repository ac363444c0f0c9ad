/// What stands for a person where there is no picture: initials on one of twelve colours of their own.
enum Avatar {
  static let colours: Int64 = 12

  static func colour(of id: User.ID) -> Int { Int(id % colours) }

  /// The first character of the first and of the last word, at most two.
  static func initials(of name: String) -> String {
    let words = name.split(whereSeparator: \.isWhitespace)
    let letters = [words.first, words.count > 1 ? words.last : nil].compactMap { word in
      word?.first { $0.isLetter || $0.isNumber } ?? word?.first
    }
    return String(letters.compactMap { $0.unicodeScalars.count > 4 ? "…" : $0.uppercased().first })
  }
}
