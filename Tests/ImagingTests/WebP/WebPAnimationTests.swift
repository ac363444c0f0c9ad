import Imaging
import Testing

/// Animated WebP: frames stay, less what else is in them.
@Suite struct WebPAnimationTests {
  private typealias Builder = WebPBuilder

  private static func file(_ chunks: [UInt8]) -> [UInt8] {
    Builder(chunks: Builder.canvas(Builder.animationFlag) + chunks).bytes
  }

  @Test func staysAsItIs() throws {
    let bytes = Builder.animated.bytes
    let file = try ImageFile(bytes)
    #expect(file.isAnimated && file.width == 3 && file.height == 2)
    #expect(file.stored(from: bytes) == bytes)
    let one = Self.file(Builder.animation + Builder.frame(Builder.alpha + Builder.lossy))
    #expect(try !ImageFile(one).isAnimated)
    #expect(try one.stored() == one)
  }

  @Test func framesLoseWhatIsNoPicture() throws {
    let secret = Builder.chunk("XMP ", ascii("Secret")) + Builder.chunk("SECR", ascii("Secrets"))
    let inside = secret + Builder.alpha + secret + Builder.lossy + secret + Builder.lossless()
    let bytes = Self.file(secret + Builder.animation + secret + Builder.frame(inside) + secret)
    #expect(try bytes.stored() == Self.file(Builder.animation + Builder.frame(Builder.alpha + Builder.lossy)))
  }

  @Test func turned() throws {
    let flags = Builder.animationFlag | Builder.exifFlag
    let frames = Builder.animation + Builder.frame(Builder.lossy) + Builder.frame(Builder.lossless())
    let exif = Builder.chunk("EXIF", TIFFBuilder.bytes(orientation: 6))
    let bytes = Builder(chunks: Builder.canvas(flags) + frames + exif).bytes
    let file = try ImageFile(bytes)
    #expect(file.isAnimated && file.width == 2 && file.height == 3)
    let stored = file.stored(from: bytes)
    #expect(
      stored.dropLast(34)
        == Builder(chunks: Builder.canvas(flags) + frames).bytes.replacing(
          at: 4, with: little(4, stored.count - 8))[...])
  }

  private static let damaged: [[UInt8]] = [
    // No frame; no ANIM, a late one, two, a short one; a picture that is no frame.
    file(Builder.animation), file(Builder.frame(Builder.lossy)),
    file(Builder.frame(Builder.lossy) + Builder.animation),
    file(Builder.animation + Builder.animation + Builder.frame(Builder.lossy)),
    file(Builder.chunk("ANIM", [0, 0, 0, 0]) + Builder.frame(Builder.lossy)), file(Builder.lossy),
    file(Builder.animation + Builder.frame(Builder.lossy) + Builder.lossy),
    // Frames: without a picture, of another size than it, outside the canvas, too short.
    file(Builder.animation + Builder.frame([])), file(Builder.animation + Builder.frame(Builder.alpha)),
    file(Builder.animation + Builder.frame(Builder.lossless(width: 2))),
    file(Builder.animation + Builder.frame(Builder.lossless(height: 1))),
    file(Builder.animation + Builder.frame(Builder.lossless(), x: 2)),
    file(Builder.animation + Builder.frame(Builder.lossless(), y: 2)),
    file(Builder.animation + Builder.frame(Builder.lossless(width: 4), width: 4)),
    file(Builder.animation + Builder.chunk("ANMF", [UInt8](repeating: 0, count: 15))),
    file(Builder.animation + Builder.frame(Builder.chunk("VP8L", ascii("?")))),
  ]

  @Test func damagedAreRefused() {
    for (index, bytes) in Self.damaged.enumerated() {
      #expect(throws: ImageFile.Refusal.damaged, "number \(index)") { try ImageFile(bytes) }
    }
  }
}
