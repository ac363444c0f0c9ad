import Web

/// What someone wrote: 1 to 5,000 Unicode scalars, not only white space, or nothing at all beside an image.
/// Line breaks become LF, NUL becomes U+FFFD; all else stays as it was.
struct MessageText: Sendable {
  static let maximumScalars = 5_000
  let text: String

  enum Refusal: SentenceError {
    case empty
    case tooLong(Int)

    var sentence: Sentence {
      switch self {
      case .empty: Sentence("Write something first.")
      case .tooLong(let count):
        Sentence(
          "Your message has {count} characters; it can have up to 5,000. Send it in parts.",
          ["count": count])
      }
    }
  }

  /// - Parameter mayBeEmpty: whether something else says enough; white space alone becomes nothing then.
  init(_ input: String, mayBeEmpty: Bool = false) throws(Refusal) {
    var scalars = String.UnicodeScalarView()
    var afterReturn = false
    for scalar in input.unicodeScalars {
      switch scalar {
      case "\r": scalars.append("\n")
      case "\n": if !afterReturn { scalars.append("\n") }
      case "\0": scalars.append("\u{FFFD}")
      default: scalars.append(scalar)
      }
      afterReturn = scalar == "\r"
    }
    guard scalars.contains(where: \.isVisible) else {
      guard mayBeEmpty else { throw .empty }
      text = ""
      return
    }
    guard scalars.count <= Self.maximumScalars else { throw .tooLong(scalars.count) }
    text = String(scalars)
  }
}
