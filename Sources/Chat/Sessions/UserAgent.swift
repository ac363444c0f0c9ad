import Foundation
import Web

/// What a `User-Agent` header (RFC 9110, 10.1.5) says in words that a person knows: `Firefox on Linux`. Such headers
/// claim to be many browsers at once, so the order of the names matters.
struct UserAgent: Sendable {
  /// In English, which is how it is stored.
  let words: String

  init(_ header: String?) {
    let header = header ?? ""
    func first(_ names: [(sign: String, name: String)]) -> String? {
      names.first { header.contains($0.sign) }?.name
    }
    let browser = first(Self.browsers) ?? Self.unknown
    words = first(Self.systems).map { "\(browser) on \($0)" } ?? browser
  }

  /// The words as they are shown.
  static func shown(_ words: String) -> Sentence {
    let parts = words.components(separatedBy: " on ")
    let browser =
      ["", unknown].contains(parts[0]) ? Sentence("A browser") : Sentence.verbatim(parts[0])
    return parts.count == 2
      ? Sentence("{browser} on {system}", ["browser": browser, "system": parts[1]]) : browser
  }

  private static let unknown = "A browser"

  private static let browsers = [
    ("Edg", "Edge"), ("OPR/", "Opera"), ("SamsungBrowser", "Samsung Internet"), ("Vivaldi", "Vivaldi"),
    ("Firefox", "Firefox"), ("FxiOS", "Firefox"), ("CriOS", "Chrome"), ("Chrome", "Chrome"),
    ("Safari", "Safari"), ("w3m", "w3m"), ("Lynx", "Lynx"), ("ELinks", "ELinks"), ("curl", "curl"),
  ].map { (sign: $0.0, name: $0.1) }

  private static let systems = [
    ("iPhone", "iPhone"), ("iPad", "iPad"), ("Android", "Android"), ("CrOS", "ChromeOS"),
    ("Windows", "Windows"), ("Mac OS X", "macOS"), ("Macintosh", "macOS"), ("Linux", "Linux"),
    ("linux", "Linux"),
  ].map { (sign: $0.0, name: $0.1) }
}
