import HTTPTypes
import Hummingbird
import NIOCore

/// Where a request comes from. The last address of `X-Forwarded-For` that is not a trusted proxy's counts
/// when the connection itself is a trusted proxy's, and is ignored from anyone else.
public struct ClientAddress: Sendable {
  private let trustedProxies: Set<String>

  public init(trustedProxies: [String]) { self.trustedProxies = Set(trustedProxies.map(Self.plain)) }

  /// The other end of a connection, or of one of its streams; nil where it has gone.
  public func peer(of channel: any Channel) -> String? {
    (channel.remoteAddress ?? channel.parent?.remoteAddress)?.ipAddress.map(Self.plain)
  }

  func trusts(_ peer: String) -> Bool { trustedProxies.contains(peer) }

  public func of(_ request: Request, channel: any Channel) -> String {
    let peer = peer(of: channel) ?? "unknown"
    guard trustedProxies.contains(peer) else { return peer }
    let forwarded = request.headers[values: .forwardedFor]
      .flatMap { $0.split(separator: ",") }
      .map { Self.plain(String($0.drop(while: { $0 == " " }))) }
    return forwarded.last { !trustedProxies.contains($0) } ?? peer
  }

  /// The part of an address that one household has for itself: an IPv4 address, the /64 of an IPv6 one.
  public static func network(of address: String) -> String {
    guard address.contains(":"), let parsed = try? SocketAddress(ipAddress: address, port: 0),
      case .v6(let v6) = parsed
    else { return address }
    return withUnsafeBytes(of: v6.address.sin6_addr) { bytes in
      bytes.prefix(8).map { String($0, radix: 16) }.joined(separator: ":")
    }
  }

  private static func plain(_ address: String) -> String {
    let text = address.filter { $0 != " " && $0 != "[" && $0 != "]" }.lowercased()
    return text.hasPrefix("::ffff:") && text.contains(".") ? String(text.dropFirst(7)) : text
  }
}
