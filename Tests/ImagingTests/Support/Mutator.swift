import Imaging

/// Spoils files a little, so that they still get past the first checks.
struct Mutator {
  var random: SeededGenerator

  /// One of `samples` with one to four changes; often with checksums and lengths of the whole mended.
  mutating func next(of samples: [Sample]) -> [UInt8] {
    guard let sample = samples.randomElement(using: &random) else { return [] }
    var bytes = sample.bytes
    for _ in 0...Int.random(in: 0..<4, using: &random) {
      change(&bytes, other: samples.randomElement(using: &random)?.bytes ?? [])
    }
    guard Bool.random(using: &random) else { return bytes }
    switch sample.format {
    case .png: return Self.withChecksums(bytes)
    case .webp where bytes.count >= 8: return bytes.replacing(at: 4, with: little(4, bytes.count - 8))
    default: return bytes
    }
  }

  private mutating func change(_ bytes: inout [UInt8], other: [UInt8]) {
    let place = Int.random(in: 0...bytes.count, using: &random)
    let length = min(Int.random(in: 1...24, using: &random), bytes.count - place)
    let range = place..<place + length
    switch Int.random(in: 0..<8, using: &random) {
    case 0 where length > 0: bytes[place] ^= 1 << UInt8.random(in: 0..<8, using: &random)
    case 1 where length > 0: bytes[place] = [0, 1, 0x7F, 0x80, 0xFE, 0xFF].randomElement(using: &random) ?? 0
    case 2: bytes.removeSubrange(range)
    case 3: bytes.insert(contentsOf: bytes[range], at: place)
    case 4: bytes.insert(UInt8.random(in: 0...255, using: &random), at: place)
    case 5:
      let start = Int.random(in: 0...other.count, using: &random)
      bytes.insert(contentsOf: other[start...].prefix(Int.random(in: 1...64, using: &random)), at: place)
    case 6 where length >= 4:
      let number =
        [0, 1, 2, bytes.count, 0xFFFF, 0x7FFF_FFFF, 0xFFFF_FFFE].randomElement(using: &random) ?? 0
      let order = Bool.random(using: &random) ? big(4, number) : little(4, number)
      bytes.replaceSubrange(place..<place + 4, with: order)
    default: if Int.random(in: 0..<8, using: &random) == 0 { bytes.removeSubrange(place...) }
    }
  }

  /// The PNG with the right checksum in each chunk, as far as it has chunks.
  static func withChecksums(_ png: [UInt8]) -> [UInt8] {
    var bytes = png
    var place = 8
    while place + 12 <= bytes.count {
      let length = bytes[place..<place + 4].reduce(0) { $0 << 8 | Int($1) }
      guard length <= bytes.count - place - 12 else { break }
      let end = place + 8 + length
      bytes.replaceSubrange(
        end..<end + 4, with: big(4, Int(PNGBuilder.checksum(Array(bytes[place + 4..<end])))))
      place = end + 4
    }
    return bytes
  }
}
