import Imaging
import Testing

/// How large an animation may be: its canvas, and its canvas times its frames.
@Suite struct AnimationLimitTests {
  /// What can move, made of frames that are far smaller than the canvas.
  enum Kind: CaseIterable {
    case gif
    /// The picture is the first frame; or is none, and the animation follows it.
    case png, pngBesideItsPicture
    case webp

    func file(_ width: Int, _ height: Int, frames: Int) -> [UInt8] {
      switch self {
      case .gif:
        GIFBuilder(
          width: width, height: height,
          blocks: GIFBuilder.loop(0) + (0..<frames).flatMap { _ in GIFBuilder.control() + GIFBuilder.image() }
        ).bytes
      case .png:
        PNGBuilder(
          width: width, height: height,
          head: PNGBuilder.animationControl(frames: frames)
            + PNGBuilder.frameControl(0, width: width, height: height),
          middle: Self.pngFrames(frames - 1, from: 1)
        ).bytes
      case .pngBesideItsPicture:
        PNGBuilder(
          width: width, height: height, head: PNGBuilder.animationControl(frames: frames),
          middle: Self.pngFrames(frames, from: 0)
        ).bytes
      case .webp:
        WebPBuilder(
          chunks: WebPBuilder.canvas(WebPBuilder.animationFlag, width: width, height: height)
            + WebPBuilder.animation + (0..<frames).flatMap { _ in WebPBuilder.frame(WebPBuilder.lossless()) }
        ).bytes
      }
    }

    private static func pngFrames(_ count: Int, from first: Int) -> [UInt8] {
      (0..<count).flatMap {
        PNGBuilder.frameControl(first + 2 * $0) + PNGBuilder.frameData(first + 2 * $0 + 1)
      }
    }
  }

  @Test(
    arguments: Kind.allCases, [(480, 270, 300), (4_000, 4_000, 12), (1_000, 1_000, 200), (5_000, 2_000, 20)])
  func asLargeAsAllowed(kind: Kind, size: (width: Int, height: Int, frames: Int)) throws {
    let bytes = kind.file(size.width, size.height, frames: size.frames)
    let file = try ImageFile(bytes)
    #expect(file.isAnimated && file.width == size.width && file.height == size.height)
    #expect(file.pixels == size.width * size.height)
    #expect(file.stored(from: bytes) == bytes)
  }

  /// By one pixel of the canvas, one frame, a little wider.
  @Test(
    arguments: Kind.allCases, [(24_961, 641, 2), (4_000, 4_000, 13), (1_000, 1_000, 201), (5_001, 2_000, 20)])
  func tooLarge(kind: Kind, size: (width: Int, height: Int, frames: Int)) {
    let bytes = kind.file(size.width, size.height, frames: size.frames)
    #expect(throws: ImageFile.Refusal.tooLargeAnimation) { try ImageFile(bytes) }
  }

  @Test(arguments: Kind.allCases) func oneFrameIsAStill(kind: Kind) throws {
    let file = try ImageFile(kind.file(10_000, 5_000, frames: 1))
    #expect(!file.isAnimated && file.pixels == ImageFile.maximumPixels)
    #expect(throws: ImageFile.Refusal.tooManyPixels) { try ImageFile(kind.file(10_000, 5_001, frames: 1)) }
  }

  @Test(arguments: Kind.allCases) func fewBytesOfAHugeCanvas(kind: Kind) {
    let bytes = kind.file(10_000, 5_000, frames: 4)
    #expect(bytes.count < 1_000)
    #expect(throws: ImageFile.Refusal.tooLargeAnimation) { try ImageFile(bytes) }
  }

  /// Whatever the canvas, also where the product is more than a number can be.
  @Test(
    arguments: [(1, 1), (3, 2), (4_000, 4_000), (10_000, 5_000)], [200_000_001, 0x7FFF_FFFF, 0xFFFF_FFFF])
  func claimedFrames(size: (width: Int, height: Int), frames: Int) {
    let bytes = PNGBuilder(
      width: size.width, height: size.height, head: PNGBuilder.animationControl(frames: frames)
    ).bytes
    #expect(throws: ImageFile.Refusal.tooLargeAnimation) { try ImageFile(bytes) }
  }

  /// What comes after the first frame too many is not read: not that it is damaged, nor, of a PNG, that the
  /// frames are missing.
  @Test func stopsAtTheFirstFrameTooMany() {
    let chunks =
      WebPBuilder.canvas(WebPBuilder.animationFlag, width: 5_000, height: 5_000) + WebPBuilder.animation
      + WebPBuilder.frame(WebPBuilder.lossless()) + WebPBuilder.frame([])
    for bytes in [
      GIFBuilder(width: 5_000, height: 5_000, blocks: GIFBuilder.image() + [0x2C, 0xFF]).bytes,
      PNGBuilder(width: 5_000, height: 5_000, head: PNGBuilder.animationControl(frames: 2) + [0xFF]).bytes,
      WebPBuilder(chunks: chunks).bytes,
    ] {
      #expect(throws: ImageFile.Refusal.tooLargeAnimation) { try ImageFile(bytes) }
    }
  }
}
