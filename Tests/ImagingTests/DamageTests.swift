import Imaging
import Testing

/// Files that are not whole, or lie about lengths and sizes.
@Suite struct DamageTests {
  /// Refused, or stored clean and sound. The start alone is refused.
  @Test(arguments: Sample.all)
  func truncatedAnywhere(sample: Sample) throws {
    for length in sample.bytes.indices {
      let isAccepted = try isAccepted(Array(sample.bytes.prefix(length)))
      #expect(!isAccepted || length > 32, "\(length)")
    }
  }

  /// Every field of 1 to 4 bytes, lengths among them, with its extremes in both byte orders: refused, or
  /// stored clean and sound. In PNG also with the checksums mended, so that the lie is not found by them.
  @Test(arguments: Sample.all)
  func fieldsAtTheirExtremes(sample: Sample) throws {
    var accepted = 0
    for count in [1, 2, 3, 4] {
      let most = 1 << (8 * count) - 1
      for number in [0, 1, 2, most / 2, most / 2 + 1, most - 1, most] {
        for field in Set([big(count, number), little(count, number)]) {
          for place in 0...sample.bytes.count - count {
            let bytes = sample.bytes.replacing(at: place, with: field)
            if try isAccepted(bytes) { accepted += 1 }
            if sample.format == .png { _ = try isAccepted(Mutator.withChecksums(bytes)) }
          }
        }
      }
    }
    // At least those changes that change nothing.
    #expect(accepted > 0)
  }

  private func isAccepted(_ bytes: [UInt8]) throws -> Bool {
    guard let file = try? ImageFile(bytes) else { return false }
    let stored = file.stored(from: bytes)
    try #require(!stored.contains("Secret"), "\(bytes)")
    let again = try #require(try? ImageFile(stored), "\(bytes)")
    try #require(again.stored(from: stored) == stored, "\(bytes)")
    return true
  }

  private static func sizes(_ width: Int, _ height: Int) -> [[UInt8]] {
    [
      JPEGBuilder(width: width, height: height).bytes, PNGBuilder(width: width, height: height).bytes,
      GIFBuilder(width: width, height: height).bytes,
      WebPBuilder(
        chunks: WebPBuilder.canvas(WebPBuilder.animationFlag, width: width, height: height)
          + WebPBuilder.animation + WebPBuilder.frame(WebPBuilder.lossless())
      ).bytes,
    ]
  }

  @Test(arguments: [(60_000, 60_000), (10_000, 5_001), (65_535, 65_535), (65_535, 763)])
  func tooManyPixels(width: Int, height: Int) {
    for bytes in Self.sizes(width, height) {
      #expect(throws: ImageFile.Refusal.tooManyPixels) { try ImageFile(bytes) }
    }
  }

  @Test(arguments: [(10_000, 5_000), (65_535, 762), (1, 65_535)])
  func asManyPixelsAsAllowed(width: Int, height: Int) throws {
    // The frame of the WebP is larger than such a narrow canvas.
    for bytes in Self.sizes(width, height).prefix(width < 3 ? 2 : 4) {
      let file = try ImageFile(bytes)
      #expect(file.width == width && file.height == height)
    }
  }

  @Test(arguments: [(0, 2), (3, 0), (0, 0)])
  func noPixels(width: Int, height: Int) {
    for bytes in Self.sizes(width, height).prefix(2) {
      #expect(throws: ImageFile.Refusal.damaged) { try ImageFile(bytes) }
    }
  }

  @Test func sizesThatWouldOverflow() {
    let most = PNGBuilder(width: 0x7FFF_FFFF, height: 0x7FFF_FFFF).bytes
    #expect(throws: ImageFile.Refusal.tooManyPixels) { try ImageFile(most) }
    let negative = PNGBuilder(width: 0xFFFF_FFFF, height: 1).bytes
    #expect(throws: ImageFile.Refusal.damaged) { try ImageFile(negative) }
    let lossless = WebPBuilder(chunks: WebPBuilder.lossless(width: 16_384, height: 16_384)).bytes
    #expect(throws: ImageFile.Refusal.tooManyPixels) { try ImageFile(lossless) }
  }
}
