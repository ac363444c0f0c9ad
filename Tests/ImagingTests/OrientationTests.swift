import Imaging
import Testing

/// The turn that Exif asks for stays, and nothing else of Exif.
@Suite struct OrientationTests {
  /// Each format that has Exif, with these data in it.
  private func files(_ exif: [UInt8]) -> [[UInt8]] {
    [
      JPEGBuilder(head: JPEGBuilder.exif(exif)).bytes,
      PNGBuilder(head: PNGBuilder.chunk("eXIf", exif)).bytes,
      PNGBuilder(middle: PNGBuilder.chunk("eXIf", exif)).bytes,
      WebPBuilder(
        chunks: WebPBuilder.canvas(WebPBuilder.exifFlag) + WebPBuilder.lossy + WebPBuilder.chunk("EXIF", exif)
      ).bytes,
    ]
  }

  private func minimal(_ orientation: Int) -> [UInt8] {
    hex("4d4d002a00000008 0001 0112 0003 00000001") + big(2, orientation) + hex("0000 00000000")
  }

  @Test(arguments: 1...8, [true, false])
  func staysAlone(orientation: Int, isBigEndian: Bool) throws {
    let swaps = orientation >= 5
    for bytes in files(TIFFBuilder.bytes(orientation: orientation, isBigEndian: isBigEndian)) {
      let file = try ImageFile(bytes)
      #expect(file.width == (swaps ? 2 : 3) && file.height == (swaps ? 3 : 2))
      let stored = file.stored(from: bytes)
      #expect(!stored.contains("Secret"))
      let plain = try files([])[0].stored()
      if file.format == .jpeg, orientation == 1 { #expect(stored == plain) }
      let name =
        [ImageFile.Format.jpeg: "Exif\0\0", .png: "eXIf", .webp: "EXIF\u{1A}\0\0\0"][file.format] ?? ""
      #expect(stored.count(of: name) == (orientation == 1 ? 0 : 1))
      #expect((stored.firstRange(of: ascii(name) + minimal(orientation)) != nil) == (orientation != 1))
    }
  }

  /// Browsers take nothing else for an orientation, so neither is it one here.
  @Test(arguments: [
    TIFFBuilder.bytes(orientation: 0), TIFFBuilder.bytes(orientation: 9),
    TIFFBuilder.bytes(orientation: 65_535),
    TIFFBuilder(isBigEndian: false, orientation: 6, type: 4).bytes,
    TIFFBuilder(orientation: 6, count: 2).bytes, [],
    ascii("Exif\0"),
    ascii("Exif\0\0"), ascii("Exif\0\0MM"), ascii("MI") + TIFFBuilder.bytes(orientation: 6).dropFirst(2),
    Array(TIFFBuilder.bytes(orientation: 6).prefix(24)),
    TIFFBuilder.bytes(orientation: 6).replacing(at: 4, with: [0xFF, 0xFF, 0xFF, 0xFF]),
    TIFFBuilder.bytes(orientation: 6).replacing(at: 3, with: [43]),
    TIFFBuilder.bytes(orientation: 6).replacing(at: 8, with: [0, 1]),
  ])
  func brokenIsNone(exif: [UInt8]) throws {
    for bytes in files(exif) {
      let file = try ImageFile(bytes)
      #expect(file.width == 3 && file.height == 2)
      let stored = file.stored(from: bytes)
      #expect(!stored.contains("Secret") && !stored.contains("Exif") && !stored.contains("MM\0*"))
    }
  }

  @Test func ofTwoTheFirstCounts() throws {
    let first = TIFFBuilder.bytes(orientation: 1)
    let second = TIFFBuilder.bytes(orientation: 6)
    let chunk = { PNGBuilder.chunk("eXIf", $0) }
    let webp = [first, second].flatMap { WebPBuilder.chunk("EXIF", $0) }
    for bytes in [
      JPEGBuilder(head: JPEGBuilder.exif(first) + JPEGBuilder.exif(second)).bytes,
      PNGBuilder(head: chunk(first), middle: chunk(second)).bytes,
      WebPBuilder(chunks: WebPBuilder.canvas(WebPBuilder.exifFlag) + WebPBuilder.lossy + webp).bytes,
    ] {
      #expect(try ImageFile(bytes).width == 3)
    }
  }

  /// Directories that promise more entries than there are, or stand elsewhere.
  @Test func robust() throws {
    let promising = TIFFBuilder.bytes(orientation: 6).replacing(at: 8, with: [0xFF, 0xFF])
    let moved = ascii("MM") + big(2, 42) + big(4, 20) + ascii("SecretSecret") + minimal(6).dropFirst(8)
    let prefixed = ascii("Exif\0\0") + minimal(6)
    for bytes in files(promising) + files(moved) + files(prefixed).dropFirst() {
      let file = try ImageFile(bytes)
      #expect(file.width == 2 && file.height == 3)
      #expect(!file.stored(from: bytes).contains("Secret"))
    }
  }
}
