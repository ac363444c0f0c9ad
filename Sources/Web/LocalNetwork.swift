import NIOCore

/// This machine as others on its network see it.
public enum LocalNetwork {
  /// Made by container and virtual machine software for its own use, so that nobody outside reaches them.
  private static let internalNames = ["docker", "br-", "veth", "virbr", "cni", "lxc"]

  /// An IPv4 address that others on the network may reach; nil where there is none. Asks the system, which is quick.
  public static func address() -> String? {
    let devices = (try? System.enumerateDevices()) ?? []
    let addresses = devices.filter { device in !internalNames.contains { device.name.hasPrefix($0) } }
      .compactMap { $0.address.flatMap { if case .v4 = $0 { $0.ipAddress } else { nil } } }
    return addresses.first { !isLoopback($0) && !$0.hasPrefix("169.254.") && $0 != "0.0.0.0" }
  }

  /// Whether only this machine reaches a host of that name or address (RFC 6761, RFC 1122, RFC 4291).
  public static func isLoopback(_ host: String) -> Bool {
    let name = host.lowercased()
    return name == "localhost" || name.hasSuffix(".localhost") || name == "::1" || name == "[::1]"
      || name.hasPrefix("127.") && name.utf8.allSatisfy { (0x30...0x39).contains($0) || $0 == 0x2E }
  }

  /// The same of a request's host, which may have a port.
  public static func isLoopback(authority: String) -> Bool {
    guard authority.hasPrefix("[") else { return isLoopback(String(authority.prefix { $0 != ":" })) }
    return authority.hasPrefix("[::1]")
  }

  /// Whether one who listens on it does so on all addresses of the machine.
  public static func isAnyAddress(_ host: String) -> Bool { ["0.0.0.0", "::", "[::]"].contains(host) }
}
