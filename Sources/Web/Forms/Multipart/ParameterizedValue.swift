/// A header value with parameters, such as `form-data; name="x"` (RFC 2045, section 5.1).
///
/// A value is quoted, or bare: visible bytes without `"` and `;`, more than a token since boundaries often
/// come unquoted. The same parameter twice is refused, for nobody can say which one counts.
struct ParameterizedValue {
  /// What stands before the first semicolon, in lower case.
  let value: String
  private var parameters: [String: Parameter] = [:]

  struct Parameter {
    /// What stands between the quotes, escapes left as they are, or the bare value.
    let bytes: [UInt8]
    let isQuoted: Bool
  }

  /// - Returns: nil for anything malformed.
  init?(_ bytes: some Sequence<UInt8>) {
    var rest = Array(bytes)[...]
    rest.dropSpaces()
    let value = rest.prefix { $0.isToken || $0 == UInt8(ascii: "/") }
    guard !value.isEmpty else { return nil }
    self.value = String(decoding: value, as: UTF8.self).lowercased()
    rest = rest.dropFirst(value.count)
    rest.dropSpaces()
    while let separator = rest.popFirst() {
      guard separator == UInt8(ascii: ";") else { return nil }
      rest.dropSpaces()
      if rest.isEmpty || rest.first == UInt8(ascii: ";") { continue }
      let name = rest.prefix { $0.isToken }
      rest = rest.dropFirst(name.count)
      guard !name.isEmpty, rest.popFirst() == UInt8(ascii: "=") else { return nil }
      let key = String(decoding: name, as: UTF8.self).lowercased()
      guard let parameter = Self.parameter(&rest), parameters.updateValue(parameter, forKey: key) == nil
      else { return nil }
      rest.dropSpaces()
    }
  }

  subscript(name: String) -> Parameter? { parameters[name] }

  private static func parameter(_ rest: inout ArraySlice<UInt8>) -> Parameter? {
    guard rest.first == UInt8(ascii: "\"") else {
      let bare = rest.prefix { $0 > 0x20 && $0 != 0x7F && !"\";".utf8.contains($0) }
      rest = rest.dropFirst(bare.count)
      return bare.isEmpty ? nil : Parameter(bytes: Array(bare), isQuoted: false)
    }
    rest = rest.dropFirst()
    var content: [UInt8] = []
    while let byte = rest.popFirst() {
      if byte == UInt8(ascii: "\"") { return Parameter(bytes: content, isQuoted: true) }
      content.append(byte)
      // Browsers do not escape a backslash: one before the value's very last quote belongs to the name.
      if byte == UInt8(ascii: "\\"), rest.count > 1, let escaped = rest.popFirst() { content.append(escaped) }
    }
    return nil
  }
}

extension UInt8 {
  /// Whether it may stand in a token (RFC 9110, section 5.6.2).
  var isToken: Bool {
    switch self {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"): true
    case UInt8(ascii: "0")...UInt8(ascii: "9"): true
    default: "!#$%&'*+-.^_`|~".utf8.contains(self)
    }
  }

  /// Whether it is a space or a tab.
  var isSpace: Bool { self == UInt8(ascii: " ") || self == UInt8(ascii: "\t") }
}

extension ArraySlice<UInt8> {
  /// Takes spaces and tabs off the front.
  mutating func dropSpaces() { self = drop { $0.isSpace } }
}
