import HTTPTypes
import Hummingbird
import NIOCore

/// The fields of a form or of a query, in `application/x-www-form-urlencoded` (WHATWG URL, section 5).
///
/// Bytes that are no UTF-8 become U+FFFD, as in a browser. Of fields with one name the first counts.
public struct FormFields: Sendable {
  private var values: [String: String] = [:]

  /// The most fields that are read; more is refused.
  public static let maximumFields = 100

  /// - Throws: ``FormError/malformed`` for a percent sign without two hexadecimal digits or too many fields.
  public init(urlencoded bytes: some Collection<UInt8>) throws {
    let pairs = bytes.split(separator: UInt8(ascii: "&"), omittingEmptySubsequences: true)
    guard pairs.count <= Self.maximumFields else { throw FormError.malformed }
    for pair in pairs {
      let halves = pair.split(separator: UInt8(ascii: "="), maxSplits: 1, omittingEmptySubsequences: false)
      guard let name = halves.first else { continue }
      let key = try Self.decoded(name)
      let value = try halves.count > 1 ? Self.decoded(halves[1]) : ""
      if values[key] == nil { values[key] = value }
    }
  }

  /// The query of a request's address. What is malformed there counts as absent: a page is still a page.
  public init(query: String?) {
    self = (try? FormFields(urlencoded: Array((query ?? "").utf8))) ?? FormFields()
  }

  private init() {}

  public subscript(name: String) -> String { values[name] ?? "" }

  public func contains(_ name: String) -> Bool { values[name] != nil }

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

/// Why the body of a form is refused.
public enum FormError: Error {
  /// The body is not what its content type says: 400.
  case malformed
  /// The body has more bytes than the form takes: 413.
  case tooLarge
  /// The body is of a type that the form does not take: 415.
  case unsupportedType
}

extension Request {
  /// Reads the whole body as a form.
  /// - Parameter limit: the most bytes that are taken.
  /// - Throws: ``FormError``.
  public func form(limit: Int) async throws -> FormFields {
    let type = ((headers[.contentType] ?? "").split(separator: ";").first ?? "").filter { $0 != " " }
    guard type.isEmpty || type.lowercased() == "application/x-www-form-urlencoded" else {
      throw FormError.unsupportedType
    }
    if let length = headers[.contentLength].flatMap({ Int($0) }), length > limit {
      throw FormError.tooLarge
    }
    var bytes: [UInt8] = []
    for try await chunk in body {
      guard bytes.count + chunk.readableBytes <= limit else { throw FormError.tooLarge }
      bytes.append(contentsOf: chunk.readableBytesView)
    }
    return try FormFields(urlencoded: bytes)
  }
}
