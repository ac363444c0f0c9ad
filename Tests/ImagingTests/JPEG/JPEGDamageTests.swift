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
    // Nothing; no scan; no frame; the scan before the frame; two frames; a picture in a picture; no EOI.
    file([]), file(start), file(Builder.quantization + Builder().scans),
    file(Builder().scans + start), file(start + Builder().frame + Builder().scans),
    file([0xFF, 0xD8] + start + Builder().scans), file(start + Builder().scans).dropLast(2),
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
    file(Builder.segment(0xDC, [0, 2]) + start + Builder().scans),
    // Codes that are reserved.
    file([0xFF, 0x02] + start + Builder().scans), file([0xFF, 0xC8] + start + Builder().scans),
    file([0xFF, 0xF0] + start + Builder().scans),
    // Lengths that do not even count themselves.
    file([0xFF, 0xFE, 0, 0] + start + Builder().scans), file([0xFF, 0xFE, 0, 1] + start + Builder().scans),
  ]

  @Test func damagedAreRefused() {
    for (index, bytes) in Self.damaged.enumerated() {
      #expect(throws: ImageFile.Refusal.damaged, "number \(index)") { try ImageFile(bytes) }
    }
  }

  /// Lossless, hierarchical, JPEG-LS, twelve bits.
  private static let varietiesThatBrowsersDoNotShow: [[UInt8]] = [
    file(Builder.segment(0xC3, [8, 0, 2, 0, 3, 1, 1, 0x11, 0])), file(Builder.segment(0xC5, [])),
    file(Builder.segment(0xDE, [])), file(Builder.segment(0xF7, [])),
    file(Builder.segment(0xC1, [12, 0, 2, 0, 3, 1, 1, 0x11, 0])),
  ]

  @Test func varietiesThatBrowsersDoNotShowAreRefused() {
    for (index, bytes) in Self.varietiesThatBrowsersDoNotShow.enumerated() {
      #expect(throws: ImageFile.Refusal.unknownFormat, "number \(index)") { try ImageFile(bytes) }
    }
  }
}
