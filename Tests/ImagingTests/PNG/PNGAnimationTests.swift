import Imaging
import Testing

/// Animated PNG: the animation stays whole, or the file is refused.
@Suite struct PNGAnimationTests {
  private typealias Builder = PNGBuilder

  @Test func staysAsItIs() throws {
    let bytes = Builder.animated.bytes
    let file = try ImageFile(bytes)
    #expect(file.isAnimated && file.width == 3 && file.height == 2)
    #expect(file.stored(from: bytes) == bytes)
  }

  @Test func losesWhatIsBetweenItsFrames() throws {
    let text = Builder.chunk("tEXt", ascii("a\0Secret"))
    var builder = Builder.animated
    builder.head = text + builder.head
    builder.middle = text + Builder.frameControl(1) + text + Builder.frameData(2) + text
    #expect(try builder.bytes.stored() == Builder.animated.bytes)
  }

  @Test func thePictureNeedNotBeAFrame() throws {
    let one = Builder(
      head: Builder.animationControl(frames: 1), middle: Builder.frameControl(0) + Builder.frameData(1))
    #expect(try !ImageFile(one.bytes).isAnimated)
    let two = Builder(
      head: Builder.animationControl(frames: 2),
      middle: Builder.frameControl(0) + Builder.frameData(1) + Builder.frameData(2)
        + Builder.frameControl(3, width: 1, height: 1, x: 2, y: 1) + Builder.frameData(4))
    #expect(try ImageFile(two.bytes).isAnimated)
    #expect(try two.bytes.stored() == two.bytes)
  }

  @Test func theFirstFrameMayComeBeforeTheAnimation() throws {
    var builder = Builder.animated
    builder.head = Builder.frameControl(0) + Builder.animationControl(frames: 2)
    #expect(try builder.bytes.stored() == Builder.animated.bytes)
  }

  /// Decoders take an animation only if it is announced before the pixels.
  @Test func announcedTooLateItIsNone() throws {
    let late = Builder(
      middle: Builder.animationControl(frames: 1) + Builder.frameControl(0) + Builder.frameData(1))
    #expect(try !ImageFile(late.bytes).isAnimated)
    #expect(try late.bytes.stored() == Builder().bytes)
  }

  /// Browsers show the frames that there are, up to the number that is announced.
  @Test func itMayEndEarly() throws {
    let frame = Builder.frameControl(1) + Builder.frameData(2)
    let one = Self.animation(1, middle: [])
    #expect(try Self.animation(3, middle: frame).stored() == Builder.animated.bytes)
    #expect(try Self.animation(1, middle: frame).stored() == one)
    #expect(try Self.animation(2, middle: Builder.frameControl(1)).stored() == one)
    #expect(try Self.animation(2, middle: []).stored() == one)
    #expect(try Self.animation(3, middle: frame + Builder.frameControl(3)).stored() == Builder.animated.bytes)
    // In the second frame's data, which are spoiled or cut.
    let data = Builder.frameData(2)
    let spoiled = data.replacing(at: data.count - 1, with: [~(data.last ?? 0)])
    #expect(try Self.animation(2, middle: Builder.frameControl(1) + spoiled).stored() == one)
    let none = Builder(head: Builder.animationControl(frames: 1), middle: Builder.frameControl(0) + spoiled)
    #expect(try none.bytes.stored() == Builder().bytes)
  }

  private static let damaged: [[UInt8]] = [
    // Announced: no frame, twice, at another length.
    animation(0, middle: []),
    Builder(head: Builder.animationControl(frames: 1) + Builder.animationControl(frames: 1)).bytes,
    Builder(head: Builder.chunk("acTL", big(4, 1) + big(4, 0) + [0])).bytes,
    // Numbers: from 1, twice, with a gap.
    Builder(head: Builder.animationControl(frames: 1) + Builder.frameControl(1)).bytes,
    animation(2, middle: Builder.frameControl(0) + Builder.frameData(1)),
    animation(2, middle: Builder.frameControl(1) + Builder.frameData(3)),
    // Data without a frame; a frame without data; data before the pixels; two frames for one picture.
    animation(1, middle: Builder.frameData(1)),
    animation(3, middle: Builder.frameControl(1) + Builder.frameControl(2) + Builder.frameData(3)),
    Builder(head: Builder.animationControl(frames: 1) + Builder.frameControl(0) + Builder.frameData(1)).bytes,
    Builder(head: Builder.animationControl(frames: 2) + Builder.frameControl(0) + Builder.frameControl(1))
      .bytes,
    // Frames: outside the canvas, empty, and the first smaller than the canvas.
    animation(2, middle: Builder.frameControl(1, width: 4) + Builder.frameData(2)),
    animation(2, middle: Builder.frameControl(1, x: 1) + Builder.frameData(2)),
    animation(2, middle: Builder.frameControl(1, x: 0xFFFF_FFFF) + Builder.frameData(2)),
    animation(2, middle: Builder.frameControl(1, height: 0) + Builder.frameData(2)),
    animation(2, middle: Builder.frameControl(1, y: 1) + Builder.frameData(2)),
    Builder(head: Builder.animationControl(frames: 1) + Builder.frameControl(0, width: 2)).bytes,
    // Data without even a number.
    animation(2, middle: Builder.frameControl(1) + Builder.chunk("fdAT", [0, 0, 0])),
  ]

  @Test func damagedAreRefused() {
    for (index, bytes) in Self.damaged.enumerated() {
      #expect(throws: ImageFile.Refusal.damaged, "number \(index)") { try ImageFile(bytes) }
    }
  }

  /// An animation whose picture is its first frame.
  private static func animation(_ frames: Int, middle: [UInt8]) -> [UInt8] {
    Builder(head: Builder.animationControl(frames: frames) + Builder.frameControl(0), middle: middle).bytes
  }
}
