import Foundation
import Web

/// A password of 8 to 256 characters, any of them, that is more than a first guess. Never shown, logged or stored.
/// What was stored before it was asked for so much goes on working.
struct Password: Sendable {
  static let allowedCharacters = 8...256
  /// As it is hashed: see ``normalized(_:)``.
  let text: String

  enum Refusal: SentenceError {
    case tooShort, tooLong, easilyGuessed

    var sentence: Sentence {
      switch self {
      case .tooShort: Sentence("Please choose a password of at least 8 characters.")
      case .tooLong: Sentence("That password is too long. It can have up to 256 characters.")
      case .easilyGuessed:
        Sentence(
          "That password is too easy to guess. Choose another, such as three or four words."
        )
      }
    }
  }

  /// - Parameter owner: what others know of the person: their name and email.
  init(_ input: String, of owner: [String] = []) throws(Refusal) {
    let normal = Self.normalized(input)
    let count = normal.unicodeScalars.count
    guard count >= Self.allowedCharacters.lowerBound else { throw .tooShort }
    guard count <= Self.allowedCharacters.upperBound else { throw .tooLong }
    guard !FirstGuess(of: owner).isAll(of: normal) else { throw .easilyGuessed }
    text = normal
  }

  /// Keyboards write the same characters in different code points: composed, and every space as the plain one (the
  /// OpaqueString profile of RFC 8265, section 4.2). Characters that it would refuse are left as they are, so that no
  /// password depends on a version of Unicode.
  static func normalized(_ input: String) -> String {
    let spaced = input.unicodeScalars.map { $0.properties.generalCategory == .spaceSeparator ? " " : $0 }
    return String(String.UnicodeScalarView(spaced)).precomposedStringWithCanonicalMapping
  }

  /// What may have been hashed of a password that is typed now. The second and third were before passwords were
  /// normalized; in plain ASCII all are the same.
  /// - Returns: one to three, each other bytes, the normalized one first.
  static func spellings(_ input: String) -> [String] {
    var found: [String] = []
    for each in [normalized(input), input, input.decomposedStringWithCanonicalMapping]
    where !found.contains(where: { $0.utf8.elementsEqual(each.utf8) }) { found.append(each) }
    return found
  }
}
