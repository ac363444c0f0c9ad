import HTTPTypes
import Hummingbird

extension Request {
  /// Whether the answer may repeat words of the request, which another site can choose. Compressed together
  /// with a secret they would give it away guess by guess, since a right guess makes the whole shorter
  /// (BREACH), so such an answer is not compressed. Numbers are let through: they only say which part of a
  /// page is wanted.
  var mayBeReflected: Bool {
    guard method == .get || method == .head else { return true }
    return (uri.query ?? "").utf8.split(separator: UInt8(ascii: "&")).contains { pair in
      let value = pair.drop { $0 != UInt8(ascii: "=") }.dropFirst()
      return !value.allSatisfy { UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 }
    }
  }
}
