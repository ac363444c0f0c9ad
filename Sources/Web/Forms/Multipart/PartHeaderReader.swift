import NIOCore

/// Gathers the lines of one part's header (RFC 7578, section 4) and says what they mean.
///
/// Content-Disposition must be there, once, as `form-data` with a name. Refused too: lines that end in a lone
/// LF or CR, folded lines, names that are no token, and a Content-Transfer-Encoding that would mean decoding
/// (section 4.7). Other fields, `filename*` (section 4.2) among them, count for nothing.
struct PartHeaderReader {
  private let limits: MultipartLimits
  private var line: [UInt8] = []
  private var byteCount = 0
  private var fieldCount = 0
  private var disposition: ParameterizedValue?
  private var contentType: String?

  init(limits: MultipartLimits) {
    self.limits = limits
  }

  /// Takes bytes up to the end of the next line.
  /// - Returns: the header, when that line was the empty one.
  mutating func read(_ rest: inout ByteBuffer) throws(MultipartError) -> PartHeader? {
    let end = rest.readableBytesUInt8Span.firstIndex(of: UInt8(ascii: "\n"))
    let count = end.map { $0 + 1 } ?? rest.readableBytes
    guard count <= limits.headerBytes - byteCount else { throw .headerTooLarge }
    byteCount += count
    line += rest.readBytes(length: count) ?? []
    guard end != nil else { return nil }
    defer { line.removeAll(keepingCapacity: true) }
    guard line.suffix(2) == [UInt8(ascii: "\r"), UInt8(ascii: "\n")] else { throw .malformed }
    let content = line.dropLast(2)
    if content.isEmpty { return try header() }
    try note(content)
    return nil
  }

  private mutating func note(_ line: ArraySlice<UInt8>) throws(MultipartError) {
    fieldCount += 1
    guard fieldCount <= limits.headerFields else { throw .headerTooLarge }
    let name = line.prefix { $0.isToken }
    var value = line.dropFirst(name.count)
    guard !name.isEmpty, value.popFirst() == UInt8(ascii: ":"), !value.contains(UInt8(ascii: "\r")) else {
      throw .malformed
    }
    value.dropSpaces()
    while let last = value.last, last.isSpace { value = value.dropLast() }
    switch String(decoding: name, as: UTF8.self).lowercased() {
    case "content-disposition":
      guard disposition == nil, let parsed = ParameterizedValue(value), parsed.value == "form-data" else {
        throw .malformed
      }
      disposition = parsed
    case "content-type":
      guard contentType == nil else { throw .malformed }
      contentType = Self.text(value)
    case "content-transfer-encoding":
      guard ["7bit", "8bit", "binary"].contains(Self.text(value).lowercased()) else { throw .malformed }
    default: break
    }
  }

  private func header() throws(MultipartError) -> PartHeader {
    guard let disposition, let name = disposition["name"] else { throw .malformed }
    return PartHeader(
      name: Self.text(name), fileName: disposition["filename"].map(Self.text), contentType: contentType)
  }

  private static func text(_ bytes: some Sequence<UInt8>) -> String {
    String(decoding: bytes.map { $0 }, as: UTF8.self).replacing("\0", with: "\u{FFFD}")
  }

  /// Takes back the escapes of RFC 2046 (`\"` and `\\`) and of browsers (`%22`, `%0D` and `%0A`, WHATWG HTML,
  /// multipart/form-data encoding). Any other backslash or percent sign is one.
  private static func text(_ parameter: ParameterizedValue.Parameter) -> String {
    guard parameter.isQuoted else { return text(parameter.bytes) }
    var result: [UInt8] = []
    var rest = parameter.bytes[...]
    while let byte = rest.popFirst() {
      switch (byte, rest.first, rest.dropFirst().first) {
      case (UInt8(ascii: "\\"), let next?, _) where next == UInt8(ascii: "\"") || next == UInt8(ascii: "\\"):
        result.append(next)
        rest = rest.dropFirst()
      case (UInt8(ascii: "%"), let high?, let low?):
        let escaped = escapes[[high, low]]
        result.append(escaped ?? byte)
        rest = rest.dropFirst(escaped == nil ? 0 : 2)
      default: result.append(byte)
      }
    }
    return text(result)
  }

  private static let escapes: [[UInt8]: UInt8] = [
    Array("22".utf8): UInt8(ascii: "\""), Array("0D".utf8): UInt8(ascii: "\r"),
    Array("0A".utf8): UInt8(ascii: "\n"), Array("0d".utf8): UInt8(ascii: "\r"),
    Array("0a".utf8): UInt8(ascii: "\n"),
  ]
}
