import Mustache

/// Text made safe for HTML content and quoted attributes: `& < > " '` become character references.
///
/// It works on UTF-8 bytes, never on grapheme clusters: a quote followed by a combining mark is one
/// grapheme, which an escaper that compares characters lets through.
public func htmlEscaped(_ text: String) -> String {
  var text = text
  return text.withUTF8 { bytes in
    guard let first = bytes.firstIndex(where: isSpecial) else {
      return String(decoding: bytes, as: UTF8.self)
    }
    var escaped: [UInt8] = []
    escaped.reserveCapacity(bytes.count + 32)
    escaped.append(contentsOf: bytes[..<first])
    for byte in bytes[first...] {
      switch byte {
      case UInt8(ascii: "&"): escaped.append(contentsOf: "&amp;".utf8)
      case UInt8(ascii: "<"): escaped.append(contentsOf: "&lt;".utf8)
      case UInt8(ascii: ">"): escaped.append(contentsOf: "&gt;".utf8)
      case UInt8(ascii: "\""): escaped.append(contentsOf: "&quot;".utf8)
      case UInt8(ascii: "'"): escaped.append(contentsOf: "&#39;".utf8)
      default: escaped.append(byte)
      }
    }
    return String(decoding: escaped, as: UTF8.self)
  }
}

private func isSpecial(_ byte: UInt8) -> Bool {
  switch byte {
  case UInt8(ascii: "&"), UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "\""), UInt8(ascii: "'"): true
  default: false
  }
}

/// The content type that every template of ours is read with, see ``Templates``.
struct EscapedHTML: MustacheContentType {
  static let name = "ESCAPED-HTML"

  func escapeText(_ text: String) -> String { htmlEscaped(text) }
}
