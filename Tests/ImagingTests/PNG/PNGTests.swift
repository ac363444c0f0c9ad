import Imaging
import Testing

/// PNG: which chunks stay, and in which shape.
@Suite struct PNGTests {
  private typealias Builder = PNGBuilder

  @Test func plainIsStoredAsItIs() throws {
    let file = try ImageFile(Builder().bytes)
    #expect(file.format == .png && file.width == 3 && file.height == 2 && !file.isAnimated)
    #expect(file.stored(from: Builder().bytes) == Builder().bytes)
  }

  @Test func whetherAnythingIsLeftOut() throws {
    let large = Builder.chunk("IDAT", [UInt8](repeating: 0, count: 10_000))
    let clean = Builder(middle: large).bytes
    let other = Builder(head: Builder.chunk("tEXt", ascii("a\0Secret")), middle: large).bytes
    let isStored = try [clean, other, clean + [0]].map { try ImageFile($0).isStored(as: $0) }
    #expect(isStored == [true, false, false])
  }

  @Test(arguments: ["tEXt", "zTXt", "iTXt", "tIME", "prVt", "sPLT", "hIST", "dSIG", "gIFx", "fcTL", "fdAT"])
  func metadataGo(type: String) throws {
    let chunk = Builder.chunk(type, ascii("a\0Secret"))
    #expect(try Builder(head: chunk).bytes.stored() == Builder().bytes)
    #expect(try Builder(middle: chunk).bytes.stored() == Builder().bytes)
    #expect(try Builder(tail: chunk).bytes.stored() == Builder().bytes)
  }

  @Test(arguments: [
    ("cHRM", 32), ("gAMA", 4), ("sBIT", 3), ("sRGB", 1), ("cICP", 4), ("mDCV", 24), ("cLLI", 8), ("bKGD", 6),
    ("pHYs", 9), ("tRNS", 6), ("PLTE", 6),
  ])
  func whatThePixelsLookLikeStays(type: String, length: Int) throws {
    let chunk = Builder.chunk(type, [UInt8](repeating: 1, count: length))
    let bytes = Builder(head: chunk).bytes
    #expect(try bytes.stored() == bytes)
    // Only the first counts, only before the pixels, and only at its right length.
    guard type != "PLTE" else { return }
    #expect(try Builder(head: chunk + chunk).bytes.stored() == bytes)
    #expect(try Builder(middle: chunk).bytes.stored() == Builder().bytes)
    let long = Builder.chunk(type, [UInt8](repeating: 1, count: length) + ascii("Secret"))
    #expect(try Builder(head: long).bytes.stored() == Builder().bytes)
  }

  @Test func palette() throws {
    let head =
      Builder.chunk("PLTE", [1, 2, 3, 4, 5, 6]) + Builder.chunk("tRNS", [1, 2]) + Builder.chunk("bKGD", [0])
    let bytes = Builder(colour: 3, head: head).bytes
    #expect(try bytes.stored() == bytes)
    // Grey has no use for one.
    #expect(
      try Builder(colour: 0, head: Builder.chunk("PLTE", [1, 2, 3])).bytes.stored()
        == Builder(colour: 0).bytes)
  }

  @Test func aProfileLosesItsName() throws {
    func profile(_ name: String) -> [UInt8] {
      Builder.chunk("iCCP", ascii(name) + [0, 0] + ascii("Profile"))
    }
    let stored = Builder(head: profile("icc")).bytes
    #expect(try stored.stored() == stored)
    #expect(try Builder(head: profile("Secret name")).bytes.stored() == stored)
    #expect(try Builder(head: profile(String(repeating: "n", count: 79))).bytes.stored() == stored)
    // No name, one too long, no end of it, no profile, an unknown compression, after the pixels.
    for data in [
      ascii("\0\0P"), ascii(String(repeating: "n", count: 80) + "\0\0P"), ascii("name"), ascii("n\0\0"),
    ] {
      #expect(try Builder(head: Builder.chunk("iCCP", data)).bytes.stored() == Builder().bytes)
    }
    #expect(try Builder(head: Builder.chunk("iCCP", ascii("n\0\u{1}P"))).bytes.stored() == Builder().bytes)
    #expect(try Builder(middle: profile("n")).bytes.stored() == Builder().bytes)
  }

  @Test func aLongProfileIsNotCopied() throws {
    let data = ascii("Secret\0\0") + [UInt8](repeating: 7, count: 100_000)
    let bytes = Builder(head: Builder.chunk("iCCP", data)).bytes
    let file = try ImageFile(bytes)
    let made = file.pieces.reduce(0) { if case .made(let bytes) = $1 { $0 + bytes.count } else { $0 } }
    #expect(made < 300)
    let stored = Builder(head: Builder.chunk("iCCP", ascii("icc") + data.dropFirst(6))).bytes
    #expect(file.stored(from: bytes) == stored)
  }
}
