/// The checksum of PNG's chunks (PNG, third edition, annex D), eight bytes at a time.
struct CRC32 {
  private var state: UInt32 = 0xFFFF_FFFF

  var value: UInt32 { ~state }

  /// `tables[256 * n + b]` is what byte `b` contributes when `n` bytes follow it.
  private static let tables: [UInt32] = {
    var tables = (0..<256).map { byte -> UInt32 in
      var value = UInt32(byte)
      for _ in 0..<8 { value = (value >> 1) ^ (value & 1) * 0xEDB8_8320 }
      return value
    }
    for index in 256..<2_048 {
      let before = tables[index - 256]
      tables.append(tables[Int(before & 0xFF)] ^ (before >> 8))
    }
    return tables
  }()

  /// - Parameter range: of indices of `bytes`; what lies outside is not read.
  mutating func add(_ bytes: [UInt8], in range: Range<Int>) {
    let range = range.clamped(to: bytes.indices)
    let tables = Self.tables.span
    let raw = bytes.span.bytes
    var index = range.lowerBound
    var state = state
    while range.upperBound - index >= 8 {
      let word = UInt64(littleEndian: raw.unsafeLoadUnaligned(fromByteOffset: index, as: UInt64.self))
      let mixed = word ^ UInt64(state)
      state = 0
      for place in 0..<8 {
        state ^= tables[256 * (7 - place) + Int((mixed >> UInt64(8 * place)) & 0xFF)]
      }
      index += 8
    }
    while index < range.upperBound {
      state = tables[Int((state ^ UInt32(bytes[index])) & 0xFF)] ^ (state >> 8)
      index += 1
    }
    self.state = state
  }
}
