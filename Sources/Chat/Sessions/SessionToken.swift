import Crypto
import Foundation

/// 32 random bytes that a browser proves itself with, as base64url in its cookie.
struct SessionToken: Sendable {
  let text: String
  let hash: Data

  /// A new one.
  init() {
    var generator = SystemRandomNumberGenerator()
    let bytes = Data((0..<32).map { _ in UInt8.random(in: .min ... .max, using: &generator) })
    let text = bytes.base64EncodedString()
      .replacingOccurrences(of: "+", with: "-").replacingOccurrences(of: "/", with: "_")
      .replacingOccurrences(of: "=", with: "")
    self.init(text)
  }

  /// One that a browser sent.
  init(_ text: String) {
    self.text = text
    hash = Data(SHA256.hash(data: Data(text.utf8)))
  }
}
