import HTTPTypes

/// What a request says in `Host`, or in `:authority` over HTTP/2: a host and maybe a port (RFC 9110, 7.2).
enum HostField {
  /// - Parameters:
  ///   - values: of every `Host` of a request over HTTP/1.
  ///   - isOptional: whether there may be none.
  static func isProper(_ values: [String], isOptional: Bool = false) -> Bool {
    guard let value = values.first else { return isOptional }
    return values.count == 1 && !value.isEmpty && value.utf8.allSatisfy(isPart)
  }

  /// The same over HTTP/2, where `Host` may say again what `:authority` says.
  static func isProper(in head: HTTPRequest) -> Bool {
    let hosts = head.headerFields.filter { $0.name.canonicalName == "host" }.map(\.value)
    guard let authority = head.authority else { return isProper(hosts) }
    return isProper([authority]) && hosts.count < 2
      && hosts.allSatisfy { $0.lowercased() == authority.lowercased() }
  }

  /// Whether the byte may stand in a name, an address in brackets or a port (RFC 3986, 3.2).
  private static func isPart(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"):
      true
    default: "-._~!$&'()*+,;=%:[]".utf8.contains(byte)
    }
  }
}
