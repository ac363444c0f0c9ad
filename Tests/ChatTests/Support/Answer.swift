import Foundation
import NIOHTTP1
import Testing

/// What a server answered.
struct Answer: Sendable, CustomTestStringConvertible {
  let status: Int
  let headers: HTTPHeaders
  let bytes: [UInt8]

  var testDescription: String { "\(status) \(headers) \(text.prefix(300))" }

  var text: String { String(decoding: bytes, as: UTF8.self) }

  func header(_ name: String) -> String? { headers.first(name: name) }

  var location: String? { header("Location") }

  /// Whether the body holds these very bytes: no two ways to write a character count as the same.
  func contains(_ text: String) -> Bool { HTML(bytes).contains(text) }

  var html: HTML { HTML(bytes) }
}
