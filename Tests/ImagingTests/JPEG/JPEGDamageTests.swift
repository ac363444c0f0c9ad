import Imaging
import Testing

/// JPEG files that contradict themselves.
@Suite struct JPEGDamageTests {
  private typealias Builder = JPEGBuilder

  private static func file(_ segments: [UInt8]) -> [UInt8] { [0xFF, 0xD8] + segments + [0xFF, 0xD9] }

  private static let start = Builder.quantization + Builder().frame + Builder.huffman

  @Test func theUnspoiledIsAccepted() throws {
    _ = try ImageFile(Self.file(Self.start + Builder().scans))
  }

  private static let damaged: [[UInt8]] = [
    // Nothing; no scan; no frame; the scan before the frame; two frames; a picture in a picture;
    file([]), file(start), file(Builder.quantization + Builder().scans),
    file(Builder().scans + start), file(start + Builder().frame + Builder().scans),
    file([0xFF, 0xD8] + start + Builder().scans),
    // No data in the scan; no quantization table, or another one; no segment at the start.
    file(start + Builder.scan(data: [])), file(Builder().frame + Builder.huffman + Builder().scans),
    file(Builder.quantization.replacing(at: 4, with: [1]) + Builder().frame + Builder().scans),
    // A scan of a component that the frame does not have, of none, and one that is too long.
    file(start + Builder.segment(0xDA, [1, 2, 0, 0, 63, 0])),
    file(start + Builder.segment(0xDA, [0, 0, 63, 0])),
    file(start + Builder.segment(0xDA, [1, 1, 0, 0, 63, 0] + ascii("Secret"))),
    // Frames: no component, five, sampling 0 and 5, table 4, too short, too long.
    file(Builder.segment(0xC0, [8, 0, 2, 0, 3, 0]) + Builder().scans),
    file(Builder.segment(0xC0, [8, 0, 2, 0, 3, 5] + [UInt8](repeating: 0x11, count: 15)) + Builder().scans),
    file(Builder.segment(0xC0, [8, 0, 2, 0, 3, 1, 1, 0x01, 0]) + Builder().scans),
    file(Builder.segment(0xC0, [8, 0, 2, 0, 3, 1, 1, 0x15, 0]) + Builder().scans),
    file(Builder.segment(0xC0, [8, 0, 2, 0, 3, 1, 1, 0x11, 4]) + Builder().scans),
    file(Builder.segment(0xC0, [8, 0, 2, 0, 3, 1, 1, 0x11]) + Builder().scans),
    file(Builder.segment(0xC0, [8, 0, 2, 0, 3, 1, 1, 0x11, 0, 0]) + Builder().scans),
    // Tables that are longer or shorter than their contents.
    file(Builder.segment(0xDB, ascii("Secret")) + start + Builder().scans),
    file(Builder.segment(0xC4, [0] + [UInt8](repeating: 255, count: 300)) + start + Builder().scans),
    file(
      Builder.segment(
        0xC4, [0, 255, 2] + [UInt8](repeating: 0, count: 14) + [UInt8](repeating: 1, count: 257))
        + start + Builder().scans),
    file(Builder.segment(0xC4, [0x20] + [UInt8](repeating: 0, count: 16)) + start + Builder().scans),
    file(Builder.segment(0xC4, []) + start + Builder().scans),
    file(Builder.segment(0xCC, [0]) + start + Builder().scans),
    file(Builder.segment(0xDD, [0, 1, 0]) + start + Builder().scans),
    // Codes that are reserved.
    file([0xFF, 0x02] + start + Builder().scans), file([0xFF, 0xC8] + start + Builder().scans),
    file([0xFF, 0xF0] + start + Builder().scans),
    // Lengths that do not even count themselves.
    file([0xFF, 0xDB, 0, 0] + start + Builder().scans), file([0xFF, 0xDD, 0, 1] + start + Builder().scans),
  ]

  @Test func damagedAreRefused() {
    for (index, bytes) in Self.damaged.enumerated() {
      #expect(throws: ImageFile.Refusal.damaged, "number \(index)") { try ImageFile(bytes) }
    }
  }

  /// Lossless, arithmetic-coded, hierarchical, JPEG-LS, twelve bits.
  private static let varietiesThatBrowsersDoNotShow: [[UInt8]] = [
    file(Builder.segment(0xC9, [8, 0, 2, 0, 3, 1, 1, 0x11, 0])),
    file(Builder.segment(0xCA, [8, 0, 2, 0, 3, 1, 1, 0x11, 0])),
    file(Builder.segment(0xC3, [8, 0, 2, 0, 3, 1, 1, 0x11, 0])), file(Builder.segment(0xC5, [])),
    file(Builder.segment(0xDE, [])), file(Builder.segment(0xF7, [])),
    file(Builder.segment(0xC1, [12, 0, 2, 0, 3, 1, 1, 0x11, 0])),
  ]

  @Test func varietiesThatBrowsersDoNotShowAreRefused() {
    for (index, bytes) in Self.varietiesThatBrowsersDoNotShow.enumerated() {
      #expect(throws: ImageFile.Refusal.unusual, "number \(index)") { try ImageFile(bytes) }
    }
  }

  @Test func bytesBeforeTheFirstSegmentAreNoJPEG() {
    #expect(throws: ImageFile.Refusal.unknownFormat) {
      try ImageFile([0xFF, 0xD8, 0] + Builder().bytes.dropFirst(2))
    }
  }

  /// Browsers show what there is.
  @Test func anEndIsPutWhereItIsMissing() throws {
    let data = [UInt8](repeating: 0x5A, count: 100)
    let whole = Self.file(Self.start + Builder.scan(data: data))
    for missing in 1...102 {
      let cut = Array(whole.dropLast(missing))
      // Of less than three bytes nothing is seen.
      guard missing < 100 else {
        #expect(throws: ImageFile.Refusal.damaged) { try ImageFile(cut) }
        continue
      }
      #expect(try cut.stored() == whole.dropLast(max(2, missing)) + [0xFF, 0xD9], "\(missing)")
    }
    // In what would have come next: a comment, a table, a scan.
    for next in [Builder.segment(0xFE, ascii("Secret")), Builder.quantization, Builder.scan(data: [])] {
      let cut = Array(whole.dropLast(2) + next.dropLast())
      #expect(try cut.stored() == whole)
    }
  }

  /// As decoders do.
  @Test func metadataOfAnImpossibleLengthAreNothing() throws {
    for segment: [UInt8] in [[0xFF, 0xFE, 0, 0], [0xFF, 0xFE, 0, 1], [0xFF, 0xE1, 0, 0]] {
      #expect(try Builder(head: segment + ascii("Secret")).bytes.stored() == Builder().bytes)
    }
  }
}
