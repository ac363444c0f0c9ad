/// A PNG file of any length: noise that is stored, not compressed, as large as a photo and valid.
enum SamplePicture {
  /// - Parameter side: pixels, of three bytes.
  static func png(side: Int) -> [UInt8] {
    var state: UInt64 = 88_172_645_463_325_252
    var pixels: [UInt8] = []
    for _ in 0..<side {
      pixels.append(0)
      for _ in 0..<(side * 3) {
        state ^= state << 13
        state ^= state >> 7
        state ^= state << 17
        pixels.append(UInt8(truncatingIfNeeded: state))
      }
    }
    let header = word(side) + word(side) + [8, 2, 0, 0, 0]
    return [0x89, 0x50, 0x4E, 0x47, 13, 10, 26, 10] + chunk("IHDR", header) + chunk("IDAT", stored(pixels))
      + chunk("IEND", [])
  }

  private static func chunk(_ type: String, _ data: [UInt8]) -> [UInt8] {
    let content = Array(type.utf8) + data
    return word(data.count) + content + word(Int(checksum(content)))
  }

  /// zlib's format with stored blocks (RFC 1950, RFC 1951).
  private static func stored(_ bytes: [UInt8]) -> [UInt8] {
    var output: [UInt8] = [0x78, 0x01]
    var place = 0
    while place < bytes.count {
      let count = min(65_535, bytes.count - place)
      let isLast: UInt8 = place + count == bytes.count ? 1 : 0
      let low = UInt8(count & 255)
      let high = UInt8(count >> 8)
      output += [isLast, low, high, ~low, ~high]
      output += bytes[place..<(place + count)]
      place += count
    }
    var (one, two): (Int, Int) = (1, 0)
    for byte in bytes {
      one = (one + Int(byte)) % 65_521
      two = (two + one) % 65_521
    }
    return output + word(two << 16 | one)
  }

  private static func checksum(_ bytes: [UInt8]) -> UInt32 {
    var sum = UInt32.max
    for byte in bytes {
      sum ^= UInt32(byte)
      for _ in 0..<8 { sum = sum >> 1 ^ (sum & 1 == 1 ? 0xEDB8_8320 : 0) }
    }
    return ~sum
  }

  private static func word(_ value: Int) -> [UInt8] {
    (0..<4).map { UInt8(truncatingIfNeeded: value >> (24 - 8 * $0)) }
  }
}
