import Imaging
import Testing

/// GIF: which blocks stay, and what is refused.
@Suite struct GIFTests {
  private typealias Builder = GIFBuilder

  @Test func plainIsStoredAsItIs() throws {
    for bytes in [Builder().bytes, Builder(header: "GIF87a").bytes] {
      let file = try ImageFile(bytes)
      #expect(file.format == .gif && file.width == 3 && file.height == 2 && !file.isAnimated)
      #expect(file.stored(from: bytes) == bytes)
    }
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

  private static let damaged: [[UInt8]] = [
    // No image; unknown blocks; no trailer.
    Builder(blocks: []).bytes, Builder(blocks: Builder.control()).bytes, Builder(blocks: [0]).bytes,
    Builder(blocks: Builder.image() + [0x42]).bytes, Builder().bytes.dropLast(),
    // Images outside the screen, empty, without data, with an impossible code size.
    Builder(blocks: Builder.image(width: 4)).bytes, Builder(blocks: Builder.image(x: 1)).bytes,
    Builder(blocks: Builder.image(y: 65_535)).bytes, Builder(blocks: Builder.image(height: 0)).bytes,
    Builder(blocks: Builder.image().prefix(11) + [0]).bytes,
    Builder(blocks: Builder.image().replacing(at: 10, with: [0])).bytes,
    Builder(blocks: Builder.image().replacing(at: 10, with: [12])).bytes,
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
