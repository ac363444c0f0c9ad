import Foundation

/// `zq`, 20 digits and `qz`: what a publication's text carries so that its delivery is recognised.
enum Marker {
  static let length = 24
  static let placeholder = String(repeating: "@", count: length)

  static func text(_ number: Int) -> String {
    let digits = String(number)
    return "zq" + String(repeating: "0", count: max(0, 20 - digits.count)) + digits + "qz"
  }

  /// Where one may begin; the rest of it may be missing.
  static func start(in bytes: UnsafeRawBufferPointer, from place: Int) -> Int? {
    bytes.firstIndex(of: "zq", from: place)
  }

  /// - Returns: nil for what is no marker.
  static func number(in bytes: UnsafeRawBufferPointer, at start: Int) -> Int? {
    guard bytes[start + 22] == UInt8(ascii: "q"), bytes[start + 23] == UInt8(ascii: "z") else { return nil }
    var number = 0
    for byte in bytes[(start + 2)..<(start + 22)] {
      guard (48...57).contains(byte) else { return nil }
      number = number &* 10 &+ Int(byte - 48)
    }
    return number
  }
}
