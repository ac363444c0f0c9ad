import Imaging
import Testing

/// The turn that Exif asks for stays where all browsers obey it, and nothing else of Exif.
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
  func staysAloneInJPEG(orientation: Int, isBigEndian: Bool) throws {
    let swaps = orientation >= 5
    let bytes = JPEGBuilder(
      head: JPEGBuilder.exif(TIFFBuilder.bytes(orientation: orientation, isBigEndian: isBigEndian))
    ).bytes
    let file = try ImageFile(bytes)
    #expect(file.width == (swaps ? 2 : 3) && file.height == (swaps ? 3 : 2))
    let stored = file.stored(from: bytes)
    #expect(!stored.contains("Secret"))
    if orientation == 1 { #expect(stored == JPEGBuilder().bytes) }
    #expect(stored.count(of: "Exif\0\0") == (orientation == 1 ? 0 : 1))
    #expect(
      (stored.firstRange(of: ascii("Exif\0\0") + minimal(orientation)) != nil) == (orientation != 1))
  }

  /// Some browsers turn a PNG and some do not; none turns a WebP. What nobody turns all show alike.
  @Test(arguments: 1...8) func goesInOthers(orientation: Int) throws {
    let exif = TIFFBuilder.bytes(orientation: orientation)
    for (with, without) in zip(files(exif).dropFirst(), files([]).dropFirst()) {
      let file = try ImageFile(with)
      #expect(file.width == 3 && file.height == 2)
      #expect(try with.stored() == without.stored())
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
    #expect(
      try ImageFile(JPEGBuilder(head: JPEGBuilder.exif(first) + JPEGBuilder.exif(second)).bytes).width == 3)
  }

  /// Directories that promise more entries than there are, or stand elsewhere.
  @Test func robust() throws {
    let promising = TIFFBuilder.bytes(orientation: 6).replacing(at: 8, with: [0xFF, 0xFF])
    let moved = ascii("MM") + big(2, 42) + big(4, 20) + ascii("SecretSecret") + minimal(6).dropFirst(8)
    for exif in [promising, moved] {
      let bytes = JPEGBuilder(head: JPEGBuilder.exif(exif)).bytes
      let file = try ImageFile(bytes)
      #expect(file.width == 2 && file.height == 3)
      #expect(!file.stored(from: bytes).contains("Secret"))
    }
  }
}
