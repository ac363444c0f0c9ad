import Foundation

/// Text as it is compared when one looks for something: without case, accents, width, strokes and what else people
/// leave out or cannot type, in every script. Words stand apart by one space each, in the order of the text.
///
/// After Unicode's compatibility decomposition (UAX #15, NFKD) it is a walk over the scalars, in linear time; tables
/// of pairs in the tests say what is equal. Pure.
struct Folding: Sendable, Hashable {
  /// Grows with every change of what is equal, so that what was stored folded is folded anew.
  static let version = 1

  /// With every letter by its plainest one: `Müller` as `muller`.
  private(set) var plain = ""
  /// With the letters that some languages write as two: `Müller` as `mueller`. The same as `plain` where there is none.
  private(set) var expanded = ""

  init(_ text: String) {
    var state = State()
    for scalar in Self.withoutApostrophes(text).decomposedStringWithCompatibilityMapping.unicodeScalars {
      state.add(scalar)
    }
    plain = String(state.plain)
    expanded = String(state.expanded)
  }

  /// The words of each form, without doubles.
  var words: Set<Substring> { Set(plain.split(separator: " ") + expanded.split(separator: " ")) }

  /// Before the decomposition, which makes a space and a mark of some of them.
  private static func withoutApostrophes(_ text: String) -> String {
    guard text.unicodeScalars.contains(where: FoldedLetters.apostrophes.contains) else { return text }
    return String(
      String.UnicodeScalarView(text.unicodeScalars.filter { !FoldedLetters.apostrophes.contains($0) }))
  }

  private struct State {
    var plain = String.UnicodeScalarView()
    var expanded = String.UnicodeScalarView()
    private var isBetweenWords = false
    /// The letter that marks follow.
    private var base: Unicode.Scalar?

    mutating func add(_ scalar: Unicode.Scalar) {
      let properties = scalar.properties
      if FoldedLetters.isMark(scalar) {
        // The mark of another letter, in the languages that have it.
        if let base, let more = FoldedLetters.expandedByMark[.init(base, scalar)] { expanded.append(more) }
        return
      }
      guard !properties.isDefaultIgnorableCodePoint, !FoldedLetters.ignored.contains(scalar),
        !FoldedLetters.apostrophes.contains(scalar)
      else { return }
      if let digit = Self.digit(scalar) {
        append([digit], [digit])
      } else if Self.isPartOfWord(scalar) {
        for lower in properties.lowercaseMapping.unicodeScalars { addLetter(lower) }
      } else {
        isBetweenWords = !plain.isEmpty
      }
    }

    private mutating func addLetter(_ letter: Unicode.Scalar) {
      guard !FoldedLetters.isMark(letter), !FoldedLetters.apostrophes.contains(letter) else { return }
      let folded = FoldedLetters.plain[letter] ?? [letter]
      append(folded, FoldedLetters.expanded[letter] ?? folded)
      base = letter
    }

    private mutating func append(_ plain: [Unicode.Scalar], _ expanded: [Unicode.Scalar]) {
      guard !plain.isEmpty else { return }
      if isBetweenWords {
        self.plain.append(" ")
        self.expanded.append(" ")
        isBetweenWords = false
      }
      self.plain.append(contentsOf: plain)
      self.expanded.append(contentsOf: expanded)
      base = nil
    }

    /// A digit of any script as one of ASCII's.
    private static func digit(_ scalar: Unicode.Scalar) -> Unicode.Scalar? {
      guard scalar.properties.numericType == .decimal, let value = scalar.properties.numericValue else {
        return nil
      }
      return UInt8(exactly: value).map { Unicode.Scalar(UInt8(ascii: "0") + $0) }
    }

    /// Letters, the marks that are part of them, numbers, and pictures such as emoji.
    private static func isPartOfWord(_ scalar: Unicode.Scalar) -> Bool {
      switch scalar.properties.generalCategory {
      case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter,
        .nonspacingMark,
        .spacingMark, .decimalNumber, .letterNumber, .otherNumber, .otherSymbol, .privateUse:
        true
      case .currencySymbol: !scalar.isASCII
      default: false
      }
    }
  }
}
