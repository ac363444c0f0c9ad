import Foundation

/// One emoji that people react with (UTS 51): the same one whatever variation selector and skin tone it came with. Only
/// what is shown as one sign is taken: what is joined at will shows as several, and tags can hide words.
struct ReactionEmoji: Sendable, Hashable {
  /// As it is stored: without variation selectors and skin tones.
  let key: String

  /// The longest emoji have about twenty scalars of up to four bytes.
  private static let maximumBytes = 120

  /// - Returns: nil for what is not exactly one emoji, as people see it.
  init?(_ input: String) {
    guard input.utf8.count <= Self.maximumBytes else { return nil }
    // Foundation would take what has no width for white space, too.
    var trimmed = input.drop(while: \.isWhitespace)
    while trimmed.last?.isWhitespace == true { trimmed.removeLast() }
    guard trimmed.count == 1 else { return nil }
    let scalars = ZWJSequence.plain(trimmed.unicodeScalars.filter { !Self.isStyle($0) }.map { $0 })
    guard Self.isOne(scalars) else { return nil }
    key = Self.text(scalars)
  }

  init(stored key: String) { self.key = key }

  /// As it is shown: where a sign is text by itself, a selector makes it an emoji.
  var shown: String {
    var scalars = String.UnicodeScalarView()
    for scalar in key.unicodeScalars {
      scalars.append(scalar)
      if scalar.properties.isEmoji, !scalar.properties.isEmojiPresentation { scalars.append("\u{FE0F}") }
    }
    return String(scalars)
  }

  private static func isStyle(_ scalar: Unicode.Scalar) -> Bool {
    scalar == "\u{FE0E}" || scalar == "\u{FE0F}" || scalar.properties.isEmojiModifier
  }

  private static func isOne(_ scalars: [Unicode.Scalar]) -> Bool {
    guard let first = scalars.first else { return false }
    if first.isASCII { return scalars.count == 2 && first.properties.isEmoji && scalars[1] == "\u{20E3}" }
    if isFlagLetter(first) { return isFlag(scalars) }
    if scalars.count > 1, isTag(scalars[1]) { return partsOfBritain.contains(text(scalars)) }
    let parts = scalars.split(separator: "\u{200D}", omittingEmptySubsequences: false)
    guard parts.allSatisfy({ $0.count == 1 && $0.first?.properties.isEmoji == true }) else { return false }
    return parts.count == 1 ? !isHair(first) : ZWJSequence.isKnown(parts.flatMap { $0 })
  }

  /// Of a country, or of another region that has one.
  private static func isFlag(_ scalars: [Unicode.Scalar]) -> Bool {
    guard scalars.count == 2, scalars.allSatisfy(isFlagLetter) else { return false }
    let letters = scalars.compactMap { Unicode.Scalar($0.value - 0x1F1E6 + 0x41) }
    let code = text(letters)
    return Locale.Region(code).isISORegion || otherRegions.contains(code)
  }

  private static let otherRegions: Set = ["EU", "UN", "XK", "AC", "CP", "DG", "EA", "IC", "TA"]
  private static let partsOfBritain: Set = [
    "\u{1F3F4}\u{E0067}\u{E0062}\u{E0065}\u{E006E}\u{E0067}\u{E007F}",
    "\u{1F3F4}\u{E0067}\u{E0062}\u{E0073}\u{E0063}\u{E0074}\u{E007F}",
    "\u{1F3F4}\u{E0067}\u{E0062}\u{E0077}\u{E006C}\u{E0073}\u{E007F}",
  ]

  private static func isFlagLetter(_ scalar: Unicode.Scalar) -> Bool {
    ("\u{1F1E6}"..."\u{1F1FF}").contains(scalar)
  }

  private static func isTag(_ scalar: Unicode.Scalar) -> Bool {
    ("\u{E0020}"..."\u{E007F}").contains(scalar)
  }

  /// Red, curled, none, white: they stand with a person only.
  private static func isHair(_ scalar: Unicode.Scalar) -> Bool {
    ("\u{1F9B0}"..."\u{1F9B3}").contains(scalar)
  }

  private static func text(_ scalars: [Unicode.Scalar]) -> String {
    String(String.UnicodeScalarView(scalars))
  }
}
