import Foundation

/// Where a page comes from (RFC 6454): two addresses that only differ in how they are written are one origin, such as
/// `http://chat.lan:80` and `HTTP://chat.lan`, or `https://bücher.example` and its punycode. Pure.
public struct Origin: Hashable, Sendable {
  public let scheme: String
  public let host: String
  public let port: Int

  /// - Parameter address: an absolute one with http or https, of which only scheme, host and port count.
  /// - Returns: nil for anything else, and for one that names a user.
  public init?(_ address: String) {
    guard let range = address.range(of: "://") else { return nil }
    let authority = address[range.upperBound...].prefix { $0 != "/" && $0 != "?" && $0 != "#" }
    self.init(scheme: String(address[..<range.lowerBound]), authority: String(authority))
  }

  /// - Parameter authority: host and port, as in a request's `Host`.
  public init?(scheme: String, authority: String) {
    let scheme = scheme.lowercased()
    guard let usual = ["http": 80, "https": 443][scheme],
      let components = URLComponents(string: "\(scheme)://\(authority)"),
      components.user == nil, components.password == nil, components.path.isEmpty,
      let host = components.host, !host.isEmpty
    else { return nil }
    self.scheme = scheme
    self.host = DomainName.ascii(host)
    port = components.port ?? usual
  }
}
