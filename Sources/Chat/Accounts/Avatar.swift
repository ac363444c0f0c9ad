/// What stands for a person where there is no picture: initials on one of twelve colours of their own.
enum Avatar {
  static let colours: Int64 = 12

  static func colour(of id: User.ID) -> Int { Int(id % colours) }

  /// The first character of the first and of the last word, at most two.
  static func initials(of name: String) -> String {
    let words = name.split(whereSeparator: \.isWhitespace)
    let characters = [words.first, words.count > 1 ? words.last : nil].compactMap { word in
      word?.first { $0.isLetter || $0.isNumber } ?? word?.first
    }
    let isJoining = characters.allSatisfy { $0.unicodeScalars.first.map(joins) ?? false }
    return characters.map(initial).joined(separator: isJoining ? "\u{200C}" : "")
  }

  /// As at the beginning of a name: in Georgian, for one, that is no capital letter.
  private static func initial(of character: Character) -> String {
    let scalars = character.unicodeScalars
    guard let first = scalars.first else { return "" }
    if scalars.count > (isPicture(character) ? mostOfPicture : mostOfLetter) { return titled(first) }
    return titled(first) + String(String.UnicodeScalarView(scalars.dropFirst()))
  }

  /// Families and flags are one character of many scalars; letters with more marks than this tower over the picture.
  private static let mostOfPicture = 12
  private static let mostOfLetter = 4

  private static func isPicture(_ character: Character) -> Bool {
    character.unicodeScalars.contains { $0.properties.isEmojiPresentation || $0 == "\u{FE0F}" }
  }

  /// One letter, also where the title case is more: Ss for ß.
  private static func titled(_ scalar: Unicode.Scalar) -> String {
    let title = scalar.properties.titlecaseMapping
    return title.first { $0.isLetter }.map(String.init) ?? title
  }

  /// Whether it is of a script whose letters join: two of them would read as a word.
  private static func joins(_ scalar: Unicode.Scalar) -> Bool { (0x0600...0x08FF).contains(scalar.value) }
}
