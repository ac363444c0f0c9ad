import Foundation
import Web

/// The address that people type to come here: `https://chat.example.org`, with a port where it needs one (RFC 3986,
/// 3.2). It may be empty.
public struct SiteAddress: Sendable {
  /// Without a slash at the end; nil for none.
  public let text: String?

  private static let maximumBytes = 300

  public struct Refusal: SentenceError {
    public let sentence = Sentence("Write an address like https://chat.example.org.")
  }

  public init(_ input: String) throws(Refusal) {
    let typed = input.trimmingCharacters(in: .whitespacesAndNewlines)
    guard !typed.isEmpty else {
      text = nil
      return
    }
    let address = typed.hasSuffix("/") ? String(typed.dropLast()) : typed
    guard address.utf8.count <= Self.maximumBytes, Origin(address) != nil,
      address.components(separatedBy: "/").count == 3, !address.contains(where: { "?#@".contains($0) }),
      address.unicodeScalars.allSatisfy({ $0.value > 0x20 && !"<>\"'\\".unicodeScalars.contains($0) })
    else { throw Refusal() }
    text = address
  }
}
