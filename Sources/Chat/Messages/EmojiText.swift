/// Texts that say all in a few emoji and are shown larger.
enum EmojiText {
  /// The most emoji that are.
  static let maximum = 6

  /// Whether `text` is one to ``maximum`` emoji (UTS 51) and else white space alone.
  static func isAll(of text: String) -> Bool {
    // The longest emoji have about twenty scalars of up to four bytes.
    guard !text.isEmpty, text.utf8.count <= maximum * 80 else { return false }
    let characters = text.filter { !$0.isWhitespace }
    return (1...maximum).contains(characters.count) && characters.allSatisfy(isEmoji)
  }

  private static func isEmoji(_ character: Character) -> Bool {
    let scalars = character.unicodeScalars
    guard let first = scalars.first, first.properties.isEmoji else { return false }
    // Digits and signs such as © are emoji only where the variation selector says so.
    return first.properties.isEmojiPresentation || scalars.contains("\u{FE0F}")
      || scalars.contains { $0.properties.isEmojiModifier }
  }
}
