import Imaging
import Testing

/// PNG files that break a rule.
@Suite struct PNGDamageTests {
  private typealias Builder = PNGBuilder

  private static let end = Builder.chunk("IEND", [])

  private static func file(_ chunks: [UInt8]) -> [UInt8] { Builder.signature + chunks }

  private static func header(_ rest: UInt8...) -> [UInt8] {
    Builder.chunk("IHDR", big(4, 3) + big(4, 2) + rest)
  }

  private static let damaged: [[UInt8]] = [
    // IHDR: not first, not once, too short, too long; methods that do not exist.
    file(Builder.chunk("tEXt", [1]) + header(8, 2, 0, 0, 0) + Builder().imageData + end),
    Builder(head: header(8, 2, 0, 0, 0)).bytes, file(header(8, 2, 0, 0) + Builder().imageData + end),
    file(header(8, 2, 0, 0, 0, 0) + Builder().imageData + end),
    file(header(8, 2, 1, 0, 0) + Builder().imageData + end),
    file(header(8, 2, 0, 1, 0) + Builder().imageData + end),
    file(header(8, 2, 0, 0, 2) + Builder().imageData + end),
    // IDAT: none, empty, interrupted; IEND: none, with contents.
    Builder(imageData: []).bytes, Builder(imageData: Builder.chunk("IDAT", [])).bytes,
    Builder(middle: Builder.chunk("tEXt", [1]) + Builder().imageData).bytes,
    file(header(8, 2, 0, 0, 0) + Builder().imageData),
    file(header(8, 2, 0, 0, 0) + Builder().imageData + Builder.chunk("IEND", ascii("Secret"))),
    // PLTE: missing, twice, empty, too long, no multiple of three, after the pixels.
    Builder(colour: 3).bytes,
    Builder(head: Builder.chunk("PLTE", [1, 2, 3]) + Builder.chunk("PLTE", [1, 2, 3])).bytes,
    Builder(head: Builder.chunk("PLTE", [])).bytes,
    Builder(head: Builder.chunk("PLTE", [UInt8](repeating: 1, count: 771))).bytes,
    Builder(head: Builder.chunk("PLTE", [1, 2])).bytes,
    Builder(middle: Builder.chunk("PLTE", [1, 2, 3])).bytes,
    // What is unknown and critical; types that are no letters.
    Builder(head: Builder.chunk("CgBI", [1])).bytes, Builder(head: Builder.chunk("te t", [1])).bytes,
    Builder(head: Builder.chunk("tE[t", [1])).bytes,
  ]

  @Test func damagedAreRefused() {
    for (index, bytes) in Self.damaged.enumerated() {
      #expect(throws: ImageFile.Refusal.damaged, "number \(index)") { try ImageFile(bytes) }
    }
  }

  @Test func everyChecksumCounts() throws {
    let bytes = Builder(head: Builder.chunk("tEXt", ascii("a\0b"))).bytes
    for place in 8..<bytes.count {
      var changed = bytes
      changed[place] ^= 0x10
      #expect(throws: ImageFile.Refusal.self, "\(place)") { try ImageFile(changed) }
    }
    // Lengths around the eight bytes that the checksum takes at once.
    for length in 0...40 {
      let text = Builder.chunk("tEXt", [UInt8](0..<UInt8(length)))
      #expect(try Builder(head: text).bytes.stored() == Builder().bytes)
    }
  }

  @Test func depthsOfColours() {
    let allowed: [UInt8: Set<UInt8>] = [
      0: [1, 2, 4, 8, 16], 2: [8, 16], 3: [1, 2, 4, 8], 4: [8, 16], 6: [8, 16],
    ]
    for colour in UInt8(0)...7 {
      for depth in UInt8(0)...17 {
        let bytes = Builder(depth: depth, colour: colour, head: Builder.chunk("PLTE", [1, 2, 3])).bytes
        #expect(
          ((try? ImageFile(bytes)) != nil) == (allowed[colour]?.contains(depth) == true), "\(colour) \(depth)"
        )
      }
    }
  }
}
