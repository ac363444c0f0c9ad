import Imaging
import Testing

/// Small files of every format with as many kinds of parts as there are, for tests that go through them all.
struct Sample: CustomTestStringConvertible, Sendable {
  let testDescription: String
  let format: ImageFile.Format
  /// A file that ends where its picture ends. Every text in it that must go contains `Secret`, every one that
  /// must stay `Profile`.
  let bytes: [UInt8]

  init(_ name: String, _ format: ImageFile.Format, _ bytes: [UInt8]) {
    testDescription = name
    self.format = format
    self.bytes = bytes
  }

  static let all = [
    Sample("plain JPEG", .jpeg, JPEGBuilder(jfif: nil).bytes),
    Sample(
      "JPEG", .jpeg,
      JPEGBuilder(
        head: JPEGBuilder.exif(TIFFBuilder.bytes(orientation: 6)) + JPEGBuilder.profile("Profile")
          + JPEGBuilder.segment(0xFE, ascii("SecretComment"))
      ).bytes),
    Sample(
      "progressive JPEG", .jpeg,
      JPEGBuilder(
        isProgressive: true, head: JPEGBuilder.segment(0xE5, ascii("Secret")),
        middle: JPEGBuilder.segment(0xDD, [0, 1])
      ).bytes),
    Sample("plain PNG", .png, PNGBuilder().bytes),
    Sample(
      "PNG", .png,
      PNGBuilder(
        head: PNGBuilder.chunk("eXIf", TIFFBuilder.bytes(orientation: 8, isBigEndian: false))
          + PNGBuilder.chunk("iCCP", ascii("SecretName\0\0Profile"))
          + PNGBuilder.chunk("tEXt", ascii("a\0Secret")),
        middle: PNGBuilder.chunk("tIME", ascii("Secret!"))
      ).bytes),
    Sample("animated PNG", .png, PNGBuilder.animated.bytes),
    Sample("plain GIF", .gif, GIFBuilder().bytes),
    Sample(
      "animated GIF", .gif,
      GIFBuilder(
        blocks: GIFBuilder.comment + GIFBuilder.block(0xFF, ascii("ICCRGBG1012"), ascii("Profile"))
          + GIFBuilder.animated.blocks
      ).bytes),
    Sample("plain WebP", .webp, WebPBuilder().bytes),
    Sample("lossless WebP", .webp, WebPBuilder(chunks: WebPBuilder.lossless()).bytes),
    Sample(
      "extended WebP", .webp,
      WebPBuilder(
        chunks: WebPBuilder.canvas(
          WebPBuilder.exifFlag | WebPBuilder.xmpFlag | WebPBuilder.alphaFlag | WebPBuilder.profileFlag)
          + WebPBuilder.chunk("ICCP", ascii("Profile")) + WebPBuilder.alpha + WebPBuilder.lossy
          + WebPBuilder.chunk("EXIF", TIFFBuilder.bytes(orientation: 5))
          + WebPBuilder.chunk("XMP ", ascii("Secret"))
      ).bytes),
    Sample("animated WebP", .webp, WebPBuilder.animated.bytes),
  ]
}
