import Imaging
import Testing

/// WebP files that contradict themselves.
@Suite struct WebPDamageTests {
  private typealias Builder = WebPBuilder

  private static func file(_ flags: UInt8, _ chunks: [UInt8]) -> [UInt8] {
    Builder(chunks: Builder.canvas(flags) + chunks).bytes
  }

  private static func lossy(_ place: Int, _ bytes: [UInt8]) -> [UInt8] {
    Builder(chunks: Builder.lossy.replacing(at: 8 + place, with: bytes)).bytes
  }

  private static func lossless(_ place: Int, _ bytes: [UInt8]) -> [UInt8] {
    Builder(chunks: Builder.lossless().replacing(at: 8 + place, with: bytes)).bytes
  }

  private static let damaged: [[UInt8]] = [
    // No picture; something else first; transparency only; twice; before a picture that has its own.
    Builder(chunks: []).bytes, Builder(chunks: Builder.chunk("XMP ", [1, 2]) + Builder.lossy).bytes,
    Builder(chunks: Builder.alpha).bytes, file(0, []), file(0, Builder.alpha),
    file(0, Builder.alpha + Builder.alpha + Builder.lossy), file(0, Builder.alpha + Builder.lossless()),
    // A second picture, transparency behind it, more between the two; a second canvas; parts of an animation.
    file(0, Builder.lossy + Builder.lossy), file(0, Builder.lossy + Builder.alpha),
    file(0, Builder.alpha + Builder.chunk("XMP ", [1, 2]) + Builder.lossy),
    file(0, Builder.lossy + Builder.canvas(0)), file(0, Builder.animation + Builder.lossy),
    file(0, Builder.lossy + Builder.frame(Builder.lossy)),
    // Not the size of the canvas, and a canvas chunk that is too short.
    Builder(chunks: Builder.canvas(0, width: 4) + Builder.lossy).bytes,
    Builder(chunks: Builder.canvas(0, height: 3) + Builder.lossless()).bytes,
    Builder(chunks: Builder.chunk("VP8X", [0, 0, 0, 0, 2, 0, 0, 1]) + Builder.lossy).bytes,
    // Lossy: no key frame, an unknown version, not shown, a partition beyond the end, no start code, no width.
    lossy(0, [0xB1]), lossy(0, [0xB8]), lossy(0, [0xA0]), lossy(2, [0xFF]), lossy(3, [0x9E]), lossy(5, [0]),
    lossy(6, [0, 0]), lossy(8, [0, 0xC0]), Builder(chunks: Builder.chunk("VP8 ", [])).bytes,
    // Lossless: no signature, an unknown version, nothing but a header.
    lossless(0, [0x2E]), lossless(4, [0x20]),
    Builder(chunks: Builder.chunk("VP8L", [0x2F, 2, 0x40, 0, 0])).bytes,
    // RIFF: longer than the file, too short for a chunk.
    Builder().bytes.replacing(at: 4, with: [0xFF]), Builder().bytes.replacing(at: 4, with: [4]),
    Builder().bytes.replacing(at: 4, with: [0]),
    Builder().bytes.replacing(at: 4, with: [0xFF, 0xFF, 0xFF, 0xFF]),
    Builder().bytes.replacing(at: 16, with: [0xFF, 0xFF, 0xFF, 0xFF]),
  ]

  @Test func damagedAreRefused() {
    for (index, bytes) in Self.damaged.enumerated() {
      #expect(throws: ImageFile.Refusal.damaged, "number \(index)") { try ImageFile(bytes) }
    }
  }
}
