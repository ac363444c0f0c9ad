import Imaging
import Testing

/// GIF: which blocks stay, and what is refused.
@Suite struct GIFTests {
  private typealias Builder = GIFBuilder

  @Test func plainIsStoredAsItIs() throws {
    let bytes = Builder().bytes
    let file = try ImageFile(bytes)
    #expect(file.format == .gif && file.width == 3 && file.height == 2 && !file.isAnimated)
    #expect(file.stored(from: bytes) == bytes)
    let animated = Builder.animated.bytes
    #expect(try ImageFile(animated).isAnimated)
    #expect(try animated.stored() == animated)
  }

  /// Comments, plain text, XMP with its magic trailer, other applications, unknown and empty extensions.
  @Test(arguments: [
    Builder.comment, Builder.block(0x01, [UInt8](repeating: 1, count: 12), ascii("Secret")),
    Builder.block(0xFF, ascii("XMP DataXMP"), ascii("Secret"), [0xFF, 0xFE, 0x03, 0x02, 0x01]),
    Builder.block(0xFF, ascii("SecretSecre"), [1, 0, 0]), Builder.block(0xFF, ascii("Secret"), [1, 0, 0]),
    Builder.block(0xFF, ascii("NETSCAPE2.0"), ascii("\u{2}Secret")),
    Builder.block(0xFF, ascii("ICCRGBG1012")),
    Builder.block(0x77, ascii("Secret")), Builder.block(0xFE), Builder.block(0xF9),
  ])
  func metadataGo(block: [UInt8]) throws {
    let plain = Builder.control() + Builder.image()
    let stored = Builder(blocks: plain + plain).bytes
    #expect(try Builder(blocks: block + plain + plain).bytes.stored() == stored)
    #expect(try Builder(blocks: plain + block + plain).bytes.stored() == stored)
    #expect(try Builder(blocks: plain + plain + block).bytes.stored() == stored)
  }

  @Test(arguments: ["NETSCAPE2.0", "ANIMEXTS1.0"])
  func theLoopStays(name: String) throws {
    let bytes = Builder(blocks: Builder.loop(300, name: name) + Builder.image()).bytes
    #expect(try bytes.stored() == bytes)
    // Only its standard sub-block does.
    let more = Builder.block(
      0xFF, ascii(name), [2, 0, 0, 0, 9], [1] + little(2, 300) + ascii("Secret"), ascii("\u{1}Secret"))
    #expect(try Builder(blocks: more + Builder.image()).bytes.stored() == bytes)
  }

  @Test func theProfileStays() throws {
    let profile = Builder.block(0xFF, ascii("ICCRGBG1012"), ascii("Profile"), ascii("continued"))
    let bytes = Builder(blocks: profile + Builder.image()).bytes
    #expect(try bytes.stored() == bytes)
  }

  @Test func aControlGoesWithWhatItControls() throws {
    let text = Builder.block(0x01, [UInt8](repeating: 1, count: 12), ascii("Secret"))
    let stored = Builder(blocks: Builder.control(delay: 7) + Builder.image()).bytes
    for blocks in [
      Builder.control() + text + Builder.control(delay: 7) + Builder.image(),
      Builder.control() + Builder.control(delay: 7) + Builder.comment + Builder.image(),
      Builder.control(delay: 7) + Builder.image() + Builder.control(),
    ] {
      #expect(try Builder(blocks: blocks).bytes.stored() == stored)
    }
    #expect(try Builder(blocks: Builder.control() + text + Builder.image()).bytes.stored() == Builder().bytes)
  }

  @Test func imagesHaveColourTables() throws {
    var image = Builder.image()
    image[9] = 0x81
    image.insert(contentsOf: ascii("twelve bytes"), at: 10)
    let bytes = Builder(blocks: image).bytes
    #expect(try bytes.stored() == bytes)
  }

  /// In a GIF87a some browsers take the first image's size for the screen's.
  @Test func itIsStoredAs89a() throws {
    #expect(try Builder(header: "GIF87a").bytes.stored() == Builder().bytes)
  }

  @Test func theEndIsPutWhereItIsMissing() throws {
    #expect(try Builder().bytes.dropLast().stored() == Builder().bytes)
    let animated = Builder.animated.bytes
    #expect(try animated.dropLast().stored() == animated)
  }

  private static let spoiled: [[UInt8]] = [
    [0], ascii("Secret"), Builder.control(), Array(Builder.image().dropLast()),
    Array(Builder.image().dropLast(6)), Array(Builder.image().prefix(4)), Array(Builder.comment.dropLast()),
    Array(Builder.loop(0).dropLast(3)), Builder.image(width: 0), Array(Builder.image().prefix(11)) + [0],
    Builder.image().replacing(at: 10, with: [12]), Builder.block(0xF9, [4, 0, 0, 0, 0]) + Builder.image(),
  ]

  /// Browsers show the images before.
  @Test(arguments: spoiled)
  func whatIsSpoiledBehindAnImageGoes(blocks: [UInt8]) throws {
    let bytes = Array(Builder(blocks: Builder.image() + blocks).bytes.dropLast())
    #expect(try bytes.stored() == Builder().bytes)
  }

  /// As wide and as high as the first image, which covers it.
  @Test(arguments: [(0, 0), (0, 2), (3, 0), (2, 1), (3, 1)])
  func aScreenThatIsTooSmallIsAsLargeAsTheImage(width: Int, height: Int) throws {
    let blocks = Builder.image() + Builder.image(x: 1)
    let file = try ImageFile(Builder(width: width, height: height, blocks: blocks).bytes)
    #expect(file.width == 3 && file.height == 2)
    #expect(
      try Builder(width: width, height: height, blocks: blocks).bytes.stored()
        == Builder(blocks: blocks).bytes)
  }

  @Test(arguments: [Builder.image(width: 4), Builder.image(x: 1), Builder.image(y: 65_535)])
  func aLaterImageMayLieOutside(image: [UInt8]) throws {
    let bytes = Builder(blocks: Builder.image() + image).bytes
    let file = try ImageFile(bytes)
    #expect(file.width == 3 && file.isAnimated && file.stored(from: bytes) == bytes)
    let large = Builder(blocks: Builder.image() + Builder.image(width: 65_535, height: 245)).bytes
    #expect(throws: ImageFile.Refusal.tooLargeAnimation) { try ImageFile(large) }
  }

  /// The last sub-block gets the length that it has, and the image its end.
  @Test(arguments: [0, 1, 2, 50, 70, 191, 255])
  func anImageThatIsCutIsClosed(rest: Int) throws {
    let head = Array(Builder.image().prefix(11))
    let data = [UInt8](repeating: 7, count: 100)
    let cut = head + [100] + data + (rest == 0 ? [] : [255] + [UInt8](repeating: 9, count: rest - 1))
    let bytes = Array(Builder(blocks: cut).bytes.dropLast())
    let last = rest < 2 ? [] : [UInt8(rest - 1)] + [UInt8](repeating: 9, count: rest - 1)
    #expect(try bytes.stored() == Builder(blocks: head + [100] + data + last + [0]).bytes)
  }

  private static let damaged: [[UInt8]] = [
    // No image; unknown blocks; no colours.
    Builder(blocks: []).bytes, Builder(blocks: Builder.control()).bytes, Builder(blocks: [0]).bytes,
    ascii("GIF89a") + [3, 0, 2, 0, 0, 0, 0] + Builder.image() + [0x3B],
    // First images outside the screen, empty, without data, cut after a few bytes, with an impossible code size.
    Builder(blocks: Builder.image(x: 1)).bytes, Builder(height: 3, blocks: Builder.image(width: 4)).bytes,
    Builder(width: 0, height: 0, blocks: Builder.image(x: 1)).bytes,
    Builder(blocks: Builder.image(y: 65_535)).bytes, Builder(blocks: Builder.image(height: 0)).bytes,
    Builder(blocks: Builder.image().prefix(11) + [0]).bytes,
    Builder(blocks: Builder.image().prefix(13) + []).bytes.dropLast(),
    Builder(blocks: Builder.image().replacing(at: 10, with: [0])).bytes,
    Builder(blocks: Builder.image().replacing(at: 10, with: [1])).bytes,
    Builder(blocks: Builder.image().replacing(at: 10, with: [9])).bytes,
    // Controls of another length.
    Builder(blocks: Builder.block(0xF9, [4, 0, 0, 0, 0]) + Builder.image()).bytes,
    Builder(blocks: Builder.block(0xF9, [4, 0, 0, 0], ascii("Secret")) + Builder.image()).bytes,
  ]

  @Test func damagedAreRefused() {
    for (index, bytes) in Self.damaged.enumerated() {
      #expect(throws: ImageFile.Refusal.damaged, "number \(index)") { try ImageFile(bytes) }
    }
  }
}
