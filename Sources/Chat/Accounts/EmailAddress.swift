import Foundation
import Web

/// An e-mail address of a plausible shape, `something@something`, at most 254 bytes (RFC 5321, 4.5.3.1.3).
/// Two that differ only in case are the same, and so are two ways of writing a domain: browsers send some as punycode.
struct EmailAddress: Sendable {
  static let maximumBytes = 254
  let text: String
  /// What is unique among accounts.
  let key: String
  /// What was before domains were compared so. Where two accounts became one address by that, it still is the key of
  /// one of them.
  let typedKey: String

  enum Refusal: SentenceError {
    case empty, implausible, tooLong, taken

    var sentence: Sentence {
      switch self {
      case .empty: Sentence("Please enter your email address.")
      case .implausible:
        Sentence("That does not look like an email address. It needs a name, an @ and a domain.")
      case .tooLong: Sentence("That email address is too long. Use a shorter one.")
      case .taken: Sentence("There is an account with that email already.")
      }
    }
  }

  init(_ input: String) throws(Refusal) {
    let text = input.trimmingCharacters(in: .whitespacesAndNewlines)
    guard !text.isEmpty else { throw .empty }
    guard text.utf8.count <= Self.maximumBytes else { throw .tooLong }
    let halves = text.unicodeScalars.split(separator: "@", omittingEmptySubsequences: false).map {
      String($0)
    }
    guard halves.count == 2, !halves[0].isEmpty, !halves[1].isEmpty,
      !halves[1].hasPrefix("."), !halves[1].hasSuffix("."), !halves[1].contains(".."),
      text.unicodeScalars.allSatisfy({ $0.isVisible || $0.properties.generalCategory == .nonspacingMark })
    else { throw .implausible }
    self.text = text
    typedKey = text.precomposedStringWithCanonicalMapping.lowercased()
    key = Self.key(of: typedKey)
  }

  /// - Parameter typed: an address in lower case.
  static func key(of typed: String) -> String {
    let scalars = typed.unicodeScalars
    guard let at = scalars.firstIndex(of: "@") else { return typed }
    return String(scalars[...at]) + DomainName.ascii(String(scalars[scalars.index(after: at)...]))
  }
}
