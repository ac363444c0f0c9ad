import Web

/// A password of 8 to 256 characters, any of them, that is more than a first guess. Never shown, logged or stored.
/// What was stored before it was asked for so much goes on working.
struct Password: Sendable {
  static let allowedCharacters = 8...256
  let text: String

  enum Refusal: SentenceError {
    case tooShort, tooLong, easilyGuessed

    var sentence: Sentence {
      switch self {
      case .tooShort: Sentence("Please choose a password of at least 8 characters.")
      case .tooLong: Sentence("That password is too long. It can have up to 256 characters.")
      case .easilyGuessed:
        Sentence(
          "That password is one of the first that others would try. Choose another, such as three or four words."
        )
      }
    }
  }

  /// - Parameter owner: what others know of the person: their name and email.
  init(_ input: String, of owner: [String] = []) throws(Refusal) {
    let count = input.unicodeScalars.count
    guard count >= Self.allowedCharacters.lowerBound else { throw .tooShort }
    guard count <= Self.allowedCharacters.upperBound else { throw .tooLong }
    guard !FirstGuess(of: owner).isAll(of: input) else { throw .easilyGuessed }
    text = input
  }
}
