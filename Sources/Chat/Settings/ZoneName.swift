import Foundation

/// A time zone by its name in the IANA database, such as `Europe/Berlin`.
struct ZoneName: Sendable, Hashable {
  let text: String
  let zone: TimeZone

  /// - Parameter text: exactly the name, also one that has been replaced by another since.
  init?(_ text: String) {
    guard text.utf8.count <= 64, text.utf8.allSatisfy(Self.bytes.contains),
      text.contains("/") || text == "UTC", let zone = TimeZone(identifier: text)
    else { return nil }
    self.text = text
    self.zone = zone
  }

  /// - Parameter typed: the name as a person writes it: in any case, with spaces, or the city alone.
  init?(typed: String) {
    let key = Self.key(typed.trimmingCharacters(in: .whitespacesAndNewlines))
    let name =
      Self.all.first { Self.key($0) == key }
      ?? Self.all.first { $0.split(separator: "/").last.map(Self.key) == key }
      ?? typed
    self.init(name)
  }

  /// Those that one can choose from, in order.
  static let all = ["UTC"] + TimeZone.knownTimeZoneIdentifiers.filter { $0.contains("/") }.sorted()

  private static let bytes = Set(
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_+-/".utf8)

  private static func key(_ name: some StringProtocol) -> String {
    name.lowercased().replacingOccurrences(of: "_", with: " ")
  }
}
