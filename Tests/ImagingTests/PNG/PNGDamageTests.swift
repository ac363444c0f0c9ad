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
    // IDAT: none, empty, interrupted.
    Builder(imageData: []).bytes, Builder(imageData: Builder.chunk("IDAT", [])).bytes,
    Builder(middle: Builder.chunk("tEXt", [1]) + Builder().imageData).bytes,
    // PLTE: missing, twice, empty, too long, no multiple of three.
    Builder(colour: 3).bytes,
    Builder(head: Builder.chunk("PLTE", [1, 2, 3]) + Builder.chunk("PLTE", [1, 2, 3])).bytes,
    Builder(head: Builder.chunk("PLTE", [])).bytes,
    Builder(head: Builder.chunk("PLTE", [UInt8](repeating: 1, count: 771))).bytes,
    Builder(head: Builder.chunk("PLTE", [1, 2])).bytes,
    // What is unknown and critical; types that are no letters.
    Builder(head: Builder.chunk("CgBI", [1])).bytes, Builder(head: Builder.chunk("te t", [1])).bytes,
    Builder(head: Builder.chunk("tE[t", [1])).bytes,
  ]

  @Test func damagedAreRefused() {
    for (index, bytes) in Self.damaged.enumerated() {
      #expect(throws: ImageFile.Refusal.damaged, "number \(index)") { try ImageFile(bytes) }
    }
  }

  private static func spoiled(_ chunk: [UInt8]) -> [UInt8] {
    chunk.replacing(at: chunk.count - 1, with: [~(chunk.last ?? 0)])
  }

  /// Decoders pass over what need not be there, and show pixels and take an end whose checksum is wrong.
  @Test func checksumsThatBrowsersDoNotMind() throws {
    let pixels = Builder().imageData
    for type in ["tEXt", "gAMA", "tRNS", "iCCP", "acTL", "eXIf"] {
      let chunk = Self.spoiled(Builder.chunk(type, ascii("a\0Secret")))
      #expect(try Builder(head: chunk).bytes.stored() == Builder().bytes)
      #expect(try Builder(middle: chunk).bytes.stored() == Builder().bytes)
    }
    #expect(try Builder(imageData: Self.spoiled(pixels)).bytes.stored() == Builder().bytes)
    let end = Self.spoiled(Self.end)
    #expect(try (Builder().bytes.dropLast(12) + end).stored() == Builder().bytes)
  }

  @Test func checksumsThatBrowsersMind() {
    let pixels = Builder().imageData
    let palette = Self.spoiled(Builder.chunk("PLTE", [1, 2, 3]))
    for bytes in [
      Self.file(Self.spoiled(Self.header(8, 2, 0, 0, 0)) + pixels + Self.end), Builder(head: palette).bytes,
      Builder(imageData: Self.spoiled(pixels) + pixels).bytes,
      Builder(head: Builder.animationControl(frames: 2) + Self.spoiled(Builder.frameControl(0))).bytes,
    ] {
      #expect(throws: ImageFile.Refusal.damaged) { try ImageFile(bytes) }
    }
  }

  @Test func whatBehindThePixelsHasNoUseGoes() throws {
    let words = Builder.chunk("IEND", ascii("Secret"))
    #expect(try (Builder().bytes.dropLast(12) + words).stored() == Builder().bytes)
    #expect(try Builder(middle: Builder.chunk("PLTE", [1, 2, 3])).bytes.stored() == Builder().bytes)
  }

  @Test func theEndIsPutWhereItIsMissing() throws {
    let whole = Builder().bytes
    for missing in 1...16 { #expect(try Array(whole.dropLast(missing)).stored() == whole, "\(missing)") }
    let text = Builder.chunk("tEXt", ascii("a\0Secret"))
    let late = Builder(middle: text + text).bytes
    for missing in 1...40 { #expect(try Array(late.dropLast(missing)).stored() == whole, "\(missing)") }
  }

  /// Browsers that show such a picture show it once.
  @Test func whatIsCutInItsPixelsIsRefused() {
    for missing in 17...40 {
      #expect(throws: ImageFile.Refusal.damaged) { try ImageFile(Array(Builder().bytes.dropLast(missing))) }
    }
  }

  @Test func lengthsOfChunks() throws {
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
