/// What follows a boundary on its line (RFC 2046, section 5.1.1): spaces and tabs, then CRLF. The closing
/// delimiter has `--` first, and its line may be the last without CRLF.
enum DelimiterLine {
  case start
  case dash
  case padding(closing: Bool)
  case lineFeed(closing: Bool)

  /// Whether the boundary and both dashes were there.
  var isClosing: Bool {
    switch self {
    case .start, .dash: false
    case .padding(let closing), .lineFeed(let closing): closing
    }
  }

  /// - Returns: whether the line ends with this byte.
  /// - Throws: ``MultipartError/malformed`` for a byte that cannot stand here.
  mutating func take(_ byte: UInt8) throws(MultipartError) -> Bool {
    switch (self, byte) {
    case (.start, UInt8(ascii: "-")): self = .dash
    case (.dash, UInt8(ascii: "-")): self = .padding(closing: true)
    case (.start, _), (.padding, _):
      if byte == UInt8(ascii: "\r") {
        self = .lineFeed(closing: isClosing)
      } else if byte.isSpace {
        self = .padding(closing: isClosing)
      } else {
        throw .malformed
      }
    case (.lineFeed, UInt8(ascii: "\n")): return true
    default: throw .malformed
    }
    return false
  }
}
