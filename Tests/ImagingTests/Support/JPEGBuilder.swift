/// A grey JPEG of 3 by 2 pixels, with segments before and after its scans.
struct JPEGBuilder {
  var width = 3
  var height = 2
  /// The payload of APP0; nil for none.
  var jfif: [UInt8]? = ascii("JFIF\0") + [1, 1, 0, 0, 1, 0, 1, 0, 0]
  var isProgressive = false
  /// Whole segments after JFIF.
  var head: [UInt8] = []
  /// Whole segments between the first scan and the next.
  var middle: [UInt8] = []
  /// What comes after EOI.
  var tail: [UInt8] = []

  static func segment(_ marker: UInt8, _ payload: [UInt8]) -> [UInt8] {
    [0xFF, marker] + big(2, payload.count + 2) + payload
  }

  static func exif(_ tiff: [UInt8]) -> [UInt8] { segment(0xE1, ascii("Exif\0\0") + tiff) }

  static func profile(_ text: String, number: UInt8 = 1, count: UInt8 = 1) -> [UInt8] {
    segment(0xE2, ascii("ICC_PROFILE\0") + [number, count] + ascii(text))
  }

  static let quantization = segment(
    0xDB,
    hex(
      """
      00100b0c0e0c0a100e0d0e1211101318281a181616183123251d283a333d3c3933383740485c4e404457453738506d51575f6267
      68673e4d71797064785c656763
      """))

  static let huffman = [UInt8]([0x00, 0x10]).flatMap {
    segment(0xC4, [$0, 1] + [UInt8](repeating: 0, count: 16))
  }

  static func scan(_ first: UInt8 = 0, _ last: UInt8 = 63, _ approximation: UInt8 = 0, data: [UInt8])
    -> [UInt8]
  {
    segment(0xDA, [1, 1, 0, first, last, approximation]) + data
  }

  var frame: [UInt8] {
    Self.segment(
      isProgressive ? 0xC2 : 0xC0, [8] + big(2, height) + big(2, width) + [1, 1, 0x11, 0])
  }

  /// All scans. The first one's data have a stuffed byte and restart markers, which a scanner may stumble on.
  var scans: [UInt8] {
    guard isProgressive else { return Self.scan(data: [0x3F, 0xFF, 0, 0xFF, 0xD0, 0x3F]) + middle }
    return Self.scan(0, 0, 1, data: [0x7F]) + middle + Self.scan(1, 5, 2, data: [0x7F])
      + Self.scan(0, 0, 0x10, data: [0x7F])
  }

  var bytes: [UInt8] {
    [0xFF, 0xD8] + (jfif.map { Self.segment(0xE0, $0) } ?? []) + head + Self.quantization + frame
      + Self.huffman + scans + [0xFF, 0xD9] + tail
  }
}
