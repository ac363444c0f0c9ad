import Foundation
import Web

/// A person's name as others see it: 1 to 80 Unicode scalars after trimming, of any script, on one line.
struct FullName: Sendable {
  static let maximumScalars = 80
  let text: String

  enum Refusal: SentenceError {
    case empty, tooLong

    var sentence: Sentence {
      switch self {
      case .empty: Sentence("Please enter your name.")
      case .tooLong: Sentence("That name is too long. It can have up to 80 characters.")
      }
    }
  }

  init(_ input: String) throws(Refusal) {
    let scalars = input.unicodeScalars.map { scalar -> Unicode.Scalar in
      switch scalar.properties.generalCategory {
      case .control, .lineSeparator, .paragraphSeparator: scalar == "\0" ? "\u{FFFD}" : " "
      default: scalar
      }
    }
    var text = String(String.UnicodeScalarView(scalars))
    text = text.trimmingCharacters(in: .whitespacesAndNewlines)
    guard text.unicodeScalars.contains(where: \.isVisible) else { throw .empty }
    guard text.unicodeScalars.count <= Self.maximumScalars else { throw .tooLong }
    self.text = text
  }

  /// What names are ordered by: without case and diacritics.
  static func sortKey(_ name: String) -> String {
    name.folding(options: [.caseInsensitive, .diacriticInsensitive, .widthInsensitive], locale: nil)
  }
}

extension Unicode.Scalar {
  /// Whether it leaves a mark on its own: no white space, no control, no format character.
  var isVisible: Bool {
    switch properties.generalCategory {
    case .control, .format, .spaceSeparator, .lineSeparator, .paragraphSeparator, .surrogate, .unassigned,
      .nonspacingMark:
      false
    default: !properties.isDefaultIgnorableCodePoint
    }
  }
}
