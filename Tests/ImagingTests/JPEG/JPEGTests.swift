import Imaging
import Testing

/// JPEG: which segments stay, and where a picture ends.
@Suite struct JPEGTests {
  private typealias Builder = JPEGBuilder

  @Test func plainIsStoredAsItIs() throws {
    for bytes in [Builder().bytes, Builder(isProgressive: true).bytes, Builder(jfif: nil).bytes] {
      let file = try ImageFile(bytes)
      #expect(file.format == .jpeg && file.width == 3 && file.height == 2 && !file.isAnimated)
      #expect(file.stored(from: bytes) == bytes)
    }
  }

  /// Comments, Exif, XMP and its extension, MPF, IPTC, JFXX, an ICC_PROFILE without a number, APP14 that is
  /// not Adobe's, TEM: before, between and after scans.
  @Test(arguments: [
    (0xFE, "Secret"), (0xE1, "Exif\0\0Secret"), (0xE1, "http://ns.adobe.com/xap/1.0/\0Secret"),
    (0xE1, "http://ns.adobe.com/xmp/extension/\0Secret"), (0xE2, "MPF\0Secret"),
    (0xED, "Photoshop 3.0\0Secret"),
    (0xE0, "JFXX\0\u{10}Secret"), (0xE0, "JFIF\0Secret"), (0xE2, "ICC_PROFILE\0\0\u{1}Secret"),
    (0xE2, "ICC_PROFILE\0\u{2}\u{1}Secret"), (0xEE, "Secret Adobe"), (0xEE, "AdobeSecret"), (0xEB, "Secret"),
    (0xEF, ""), (0xFE, ""),
  ])
  func metadataGo(marker: UInt8, text: String) throws {
    let segment = Builder.segment(marker, ascii(text))
    for isProgressive in [false, true] {
      let plain = Builder(isProgressive: isProgressive)
      var (before, between, after) = (plain, plain, plain)
      before.head = segment
      between.middle = segment
      after.tail = segment
      for builder in [before, between, after] { #expect(try builder.bytes.stored() == plain.bytes) }
    }
  }

  @Test func colourStays() throws {
    let adobe = Builder.segment(0xEE, ascii("Adobe") + [0, 100, 0, 0, 0, 0, 1])
    let kept =
      Builder.profile("Profile", number: 1, count: 2) + Builder.profile("Two", number: 2, count: 2) + adobe
    let bytes = Builder(head: kept).bytes
    #expect(try bytes.stored() == bytes)

    let long = Builder.segment(0xEE, ascii("Adobe") + [0, 100, 0, 0, 0, 0, 1] + ascii("Secret"))
    #expect(try Builder(head: long).bytes.stored() == Builder(head: adobe).bytes)
    // A profile between scans comes too late for decoders.
    let late = Builder(isProgressive: true, middle: Builder.profile("Late") + adobe).bytes
    #expect(try late.stored() == Builder(isProgressive: true).bytes)
  }

  @Test func jfifGoesFirstWithoutItsThumbnail() throws {
    let density: [UInt8] = [1, 2, 1, 0, 72, 0, 72]
    let thumbnail = ascii("JFIF\0") + density + [2, 1] + ascii("Secret")
    let stored = Builder(jfif: ascii("JFIF\0") + density + [0, 0]).bytes
    #expect(try Builder(jfif: thumbnail).bytes.stored() == stored)
    let late = Builder(jfif: nil, head: Builder.segment(0xFE, [1]) + Builder.segment(0xE0, thumbnail))
    #expect(try late.bytes.stored() == stored)
    // It says YCbCr even when its density is impossible.
    let mended = Builder(jfif: ascii("JFIF\0") + [1, 2, 0, 0, 1, 0, 1, 0, 0]).bytes
    for density: [UInt8] in [[9, 0, 1, 0, 1], [1, 0, 0, 0, 1], [1, 0, 1, 0, 0]] {
      #expect(try Builder(jfif: ascii("JFIF\0") + [1, 2] + density + [0, 0]).bytes.stored() == mended)
    }
  }

  @Test func fillAndGarbageBetweenSegments() throws {
    let plain = Builder()
    let fill = Builder(head: [0xFF, 0xFF, 0xFF] + Builder.segment(0xFE, ascii("Secret")) + [0xFF, 0xFF])
    let garbage = Builder(head: ascii("Secret") + [0xFF, 0, 0xFF, 0xD3, 0xFF, 1])
    let atTheEnd = Builder(middle: [0xFF, 0xFF])
    for builder in [fill, garbage, atTheEnd] { #expect(try builder.bytes.stored() == plain.bytes) }
  }

  @Test func aSecondPictureBehindTheFirst() throws {
    let bytes = Builder(tail: Builder(head: Builder.profile("Second")).bytes).bytes
    #expect(try bytes.stored() == Builder().bytes)
  }

  /// Nothing is changed by them: the number of lines is the frame's, and no arithmetic coding is conditioned.
  @Test func whatHasNoUseGoes() throws {
    for segment in [
      Builder.segment(0xDC, [0, 2]), Builder.segment(0xDC, [0, 3]), Builder.segment(0xCC, [0, 16]),
    ] {
      #expect(try Builder(middle: segment).bytes.stored() == Builder().bytes)
      #expect(try Builder(head: segment).bytes.stored() == Builder().bytes)
    }
    #expect(throws: ImageFile.Refusal.damaged) {
      try ImageFile(Builder(height: 0, middle: Builder.segment(0xDC, [0, 2])).bytes)
    }
  }
}
