/// A password of 8 to 256 characters, any of them. Never shown, logged or stored.
struct Password: Sendable {
  static let allowedCharacters = 8...256
  let text: String

  enum Refusal: SentenceError {
    case tooShort, tooLong

    var sentence: String {
      switch self {
      case .tooShort: "Please choose a password of at least 8 characters."
      case .tooLong: "That password is too long. It can have up to 256 characters."
      }
    }
  }

  init(_ input: String) throws(Refusal) {
    let count = input.unicodeScalars.count
    guard count >= Self.allowedCharacters.lowerBound else { throw .tooShort }
    guard count <= Self.allowedCharacters.upperBound else { throw .tooLong }
    text = input
  }
}
