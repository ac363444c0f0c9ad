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
    let inside = Builder.alpha + Builder.lossy + secret
    let bytes = Self.file(secret + Builder.animation + secret + Builder.frame(inside) + secret)
    #expect(try bytes.stored() == Self.file(Builder.animation + Builder.frame(Builder.alpha + Builder.lossy)))
  }

  /// libwebp goes by the picture, and by the first parameters.
  @Test func sizesAndParametersAreMended() throws {
    let stored = Self.file(Builder.animation + Builder.frame(Builder.lossless(width: 2), width: 2))
    #expect(try Self.file(Builder.animation + Builder.frame(Builder.lossless(width: 2))).stored() == stored)
    let long = Builder.chunk("ANIM", [1, 2, 3, 4, 3, 0] + ascii("Secret"))
    let frame = Builder.frame(Builder.lossy)
    #expect(try Self.file(long + Builder.animation + frame).stored() == Self.file(Builder.animation + frame))
  }

  private static let damaged: [[UInt8]] = [
    // No frame; no ANIM, a late one, a short one; a picture that is no frame.
    file(Builder.animation), file(Builder.frame(Builder.lossy)),
    file(Builder.frame(Builder.lossy) + Builder.animation),
    file(Builder.chunk("ANIM", [0, 0, 0, 0]) + Builder.frame(Builder.lossy)), file(Builder.lossy),
    file(Builder.animation + Builder.frame(Builder.lossy) + Builder.lossy),
    // Frames: without a picture, with two, with more before it, outside the canvas, too short.
    file(Builder.animation + Builder.frame([])), file(Builder.animation + Builder.frame(Builder.alpha)),
    file(Builder.animation + Builder.frame(Builder.lossy + Builder.lossy)),
    file(Builder.animation + Builder.frame(Builder.chunk("XMP ", [1, 2]) + Builder.lossy)),
    file(Builder.animation + Builder.frame(Builder.alpha + Builder.chunk("XMP ", [1, 2]) + Builder.lossy)),
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
