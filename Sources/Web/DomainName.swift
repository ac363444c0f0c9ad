import Foundation

/// The name of a host, as it is compared: in ASCII and lower case, with what is written in other letters as punycode
/// (UTS #46 and RFC 5891, by Foundation). Pure.
public enum DomainName {
  /// - Returns: the name in lower case as it is where those rules know no other form of it.
  public static func ascii(_ name: String) -> String {
    let lower = name.precomposedStringWithCanonicalMapping.lowercased()
    guard !lower.utf8.allSatisfy({ $0 < 0x80 }) else { return lower }
    var components = URLComponents()
    components.host = lower
    guard let host = components.encodedHost, !host.contains("%") else { return lower }
    return host.lowercased()
  }
}
