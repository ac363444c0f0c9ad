/// What stands between the parts of a `multipart/form-data` body (RFC 2046, section 5.1.1): 1 to 70 bytes,
/// letters, digits, `'()+_,-./:=?` and, not at the end, spaces.
public struct MultipartBoundary: Sendable, Equatable, CustomStringConvertible {
  let bytes: [UInt8]

  public var description: String { String(decoding: bytes, as: UTF8.self) }

  /// Reads a Content-Type header.
  /// - Returns: nil for another type and for a boundary that is missing, there twice or not allowed.
  public init?(contentType: String) {
    guard let type = ParameterizedValue(contentType.utf8), type.value == "multipart/form-data",
      let parameter = type["boundary"]
    else { return nil }
    self.init(parameter.isQuoted ? Self.unescaped(parameter.bytes) : parameter.bytes)
  }

  /// - Returns: nil for a boundary that is not allowed.
  public init?(_ bytes: some Collection<UInt8>) {
    guard (1...70).contains(bytes.count), bytes.allSatisfy(Self.isAllowed) else { return nil }
    self.bytes = Array(bytes)
    guard self.bytes.last != UInt8(ascii: " ") else { return nil }
  }

  private static func isAllowed(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"): true
    case UInt8(ascii: "0")...UInt8(ascii: "9"): true
    default: "'()+_,-./:=? ".utf8.contains(byte)
    }
  }

  /// Any byte may be escaped here (RFC 2045's quoted-pair), unlike in the names of parts.
  private static func unescaped(_ bytes: [UInt8]) -> [UInt8] {
    var result: [UInt8] = []
    var iterator = bytes.makeIterator()
    while let byte = iterator.next() {
      result.append(byte == UInt8(ascii: "\\") ? iterator.next() ?? byte : byte)
    }
    return result
  }
}
