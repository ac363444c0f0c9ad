import Imaging

/// Numbers and texts as bytes, for builders.
func big(_ count: Int, _ number: Int) -> [UInt8] {
  (0..<count).reversed().map { UInt8(truncatingIfNeeded: number >> (8 * $0)) }
}

func little(_ count: Int, _ number: Int) -> [UInt8] { big(count, number).reversed() }

func ascii(_ text: String) -> [UInt8] { Array(text.utf8) }

func hex(_ text: String) -> [UInt8] {
  let digits = text.compactMap(\.hexDigitValue)
  return stride(from: 0, to: digits.count, by: 2).map { UInt8(digits[$0] * 16 + digits[$0 + 1]) }
}

extension [UInt8] {
  func contains(_ text: String) -> Bool { firstRange(of: text.utf8) != nil }

  func count(of text: String) -> Int { ranges(of: text.utf8).count }

  /// This with the bytes from `offset` on replaced.
  func replacing(at offset: Int, with bytes: [UInt8]) -> [UInt8] {
    prefix(offset) + bytes + dropFirst(offset + bytes.count)
  }

  /// What is stored of this file, which must be accepted.
  func stored() throws -> [UInt8] { try ImageFile(self).stored(from: self) }
}
