/// The fields of a form or of a query: from `application/x-www-form-urlencoded` (WHATWG URL, section 5) or
/// from `multipart/form-data`, see ``MultipartForm``.
///
/// Bytes that are no UTF-8 become U+FFFD, as in a browser. Of fields with one name the first counts where
/// only one is asked for.
public struct FormFields: Sendable {
  private var values: [String: [String]] = [:]
  /// The files that came with it, in their order; empty ones of no name, where nothing was chosen, left out.
  public internal(set) var files: [ReceivedFile] = []
  /// Why reading stopped before the end of the form; nil when all of it is here.
  public internal(set) var stop: Stop?

  /// What a form has too much of. The fields that came before are still there.
  public enum Stop: Sendable, Equatable {
    case fileTooLarge(named: String)
    case tooManyFiles
    case tooLarge
    /// The sender has no room left for files.
    case quotaReached
    /// The sender has as many uploads under way as one may.
    case tooManyUploads
    /// The disk is full or broken.
    case notStored
  }

  /// The most fields that are read; more is refused.
  public static let maximumFields = 2_100

  /// - Throws: ``FormError/malformed`` for a percent sign without two hexadecimal digits or too many fields.
  public init(urlencoded bytes: some Collection<UInt8>) throws {
    let pairs = bytes.split(separator: UInt8(ascii: "&"), omittingEmptySubsequences: true)
    guard pairs.count <= Self.maximumFields else { throw FormError.malformed }
    for pair in pairs {
      let halves = pair.split(separator: UInt8(ascii: "="), maxSplits: 1, omittingEmptySubsequences: false)
      guard let name = halves.first else { continue }
      let key = try Self.decoded(name)
      let value = try halves.count > 1 ? Self.decoded(halves[1]) : ""
      append(value, to: key)
    }
  }

  /// The query of a request's address. What is malformed there counts as absent: a page is still a page.
  public init(query: String?) {
    self = (try? FormFields(urlencoded: Array((query ?? "").utf8))) ?? FormFields()
  }

  init() {}

  public subscript(name: String) -> String { values[name]?.first ?? "" }

  /// The values of every field of that name, in their order.
  public func all(_ name: String) -> [String] { values[name] ?? [] }

  public func contains(_ name: String) -> Bool { values[name] != nil }

  mutating func append(_ value: String, to name: String) { values[name, default: []].append(value) }

  private static func decoded(_ bytes: some Collection<UInt8>) throws -> String {
    var result: [UInt8] = []
    result.reserveCapacity(bytes.count)
    var iterator = bytes.makeIterator()
    while let byte = iterator.next() {
      switch byte {
      case UInt8(ascii: "+"): result.append(UInt8(ascii: " "))
      case UInt8(ascii: "%"):
        guard let high = iterator.next().flatMap(hexadecimal), let low = iterator.next().flatMap(hexadecimal)
        else { throw FormError.malformed }
        result.append(high << 4 | low)
      default: result.append(byte)
      }
    }
    return String(decoding: result, as: UTF8.self)
  }

  private static func hexadecimal(_ byte: UInt8) -> UInt8? {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
    case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
    case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
    default: nil
    }
  }
}
