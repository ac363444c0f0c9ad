import Imaging
import Testing

/// WebP: which chunks stay, and in which shape.
@Suite struct WebPTests {
  private typealias Builder = WebPBuilder

  private func file(_ flags: UInt8, _ chunks: [UInt8]) -> [UInt8] {
    Builder(chunks: Builder.canvas(flags) + chunks).bytes
  }

  @Test func plainIsStoredAsItIs() throws {
    for bytes in [
      Builder().bytes, Builder(chunks: Builder.lossless()).bytes, file(0, Builder.lossy),
      file(Builder.alphaFlag, Builder.alpha + Builder.lossy), file(Builder.alphaFlag, Builder.lossless()),
    ] {
      let file = try ImageFile(bytes)
      #expect(file.format == .webp && file.width == 3 && file.height == 2 && !file.isAnimated)
      #expect(file.stored(from: bytes) == bytes)
    }
  }

  @Test(arguments: ["XMP ", "EXIF", "SECR", "ICCP"])
  func metadataGo(type: String) throws {
    let flags = Builder.xmpFlag | Builder.exifFlag
    for text in ["Secret", "Secret of odd length."] {
      let chunk = Builder.chunk(type, ascii(text))
      #expect(try file(flags, chunk + Builder.lossy).stored() == file(0, Builder.lossy))
      #expect(try file(flags, Builder.lossy + chunk).stored() == file(0, Builder.lossy))
      #expect(try Builder(chunks: Builder.lossy + chunk).bytes.stored() == Builder().bytes)
    }
  }

  @Test func theProfileStaysBeforeThePixels() throws {
    let profile = Builder.chunk("ICCP", ascii("Profile"))
    let bytes = file(Builder.profileFlag, profile + Builder.lossy)
    #expect(try bytes.stored() == bytes)
    #expect(try file(Builder.profileFlag, profile + profile + Builder.lossy).stored() == bytes)
    #expect(try file(Builder.profileFlag, Builder.lossy + profile).stored() == file(0, Builder.lossy))
    // A flag that promises one is taken back, and reserved bits are.
    #expect(
      try file(0xFF & ~Builder.animationFlag, Builder.lossy).stored()
        == file(Builder.alphaFlag, Builder.lossy))
  }

  /// As for libwebp, a profile that the flags deny is not there, and in the simple format nothing else is.
  @Test func flagsAreBelieved() throws {
    let profile = Builder.chunk("ICCP", ascii("Profile"))
    #expect(try file(0, profile + Builder.lossy).stored() == file(0, Builder.lossy))
    #expect(try file(0, Builder.lossy + Builder.animation).stored() == file(0, Builder.lossy))
    let bytes = Builder.lossy + Builder.lossless() + Builder.alpha + Builder.lossy
    #expect(try Builder(chunks: bytes).bytes.stored() == Builder().bytes)
  }

  @Test func paddingIsZeroAndThere() throws {
    let whole = Builder(chunks: Builder.lossless()).bytes
    #expect(!whole.count.isMultiple(of: 2) == false && whole.last == 0)
    let without = whole.dropLast().prefix(4) + little(4, whole.count - 9) + whole.dropLast().dropFirst(8)
    #expect(try Array(without).stored() == whole)
    #expect(try whole.replacing(at: whole.count - 1, with: ascii("S")).stored() == whole)
  }
}
