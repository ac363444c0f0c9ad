import Foundation

/// Small images, made by hand.
enum TinyImage {
  /// A grey PNG; `text` stands in a chunk of its own, `filling` makes the file larger, and `pixels` are among
  /// its pixel data.
  static func png(
    width: Int = 3, height: Int = 2, text: String? = nil, filling: Int = 0, pixels: String = ""
  ) -> [UInt8] {
    var file: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]
    file += header(width: width, height: height)
    if let text { file += chunk("tEXt", Array("Comment\0\(text)".utf8)) }
    // Several chunks of pixel data; what follows the end of the compressed stream is passed over by decoders.
    // Of a large one the last pixels are missing, which only a decoder would see.
    file += chunk("IDAT", deflated([UInt8](repeating: 0, count: min((width + 1) * height, 60_000))))
    for start in stride(from: 0, to: filling, by: 1 << 20) {
      file += chunk("IDAT", [UInt8](repeating: 7, count: min(1 << 20, filling - start)))
    }
    if !pixels.isEmpty { file += chunk("IDAT", Array(pixels.utf8)) }
    return file + chunk("IEND", [])
  }

  /// A PNG's header chunk.
  static func header(width: Int, height: Int) -> [UInt8] {
    chunk("IHDR", bigEndian(width) + bigEndian(height) + [8, 0, 0, 0, 0])
  }

  /// One grey pixel.
  static let gif: [UInt8] =
    Array("GIF89a".utf8) + [1, 0, 1, 0, 0x80, 0, 0, 0x80, 0x80, 0x80, 0, 0, 0]
    + [0x2C, 0, 0, 0, 0, 1, 0, 1, 0, 0, 2, 2, 0x44, 1, 0, 0x3B]

  static let svg = Array(#"<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>"#.utf8)
  static let pdf = Array("%PDF-1.4\n1 0 obj\n<<>>\nendobj\n%%EOF\n".utf8)
  static let html = Array("<!doctype html><html><script>alert(1)</script></html>".utf8)
  static let heic: [UInt8] =
    bigEndian(24) + Array("ftypheic".utf8) + [0, 0, 0, 0] + Array("mif1heic".utf8) + [0, 0, 0, 0]
  static let avif: [UInt8] =
    bigEndian(28) + Array("ftypavif".utf8) + [0, 0, 0, 0] + Array("avifmif1miaf".utf8) + [0, 0, 0, 0]

  private static func chunk(_ type: String, _ data: [UInt8]) -> [UInt8] {
    let body = Array(type.utf8) + data
    return bigEndian(data.count) + body + bigEndian(Int(crc(body)))
  }

  private static func bigEndian(_ number: Int) -> [UInt8] {
    withUnsafeBytes(of: UInt32(truncatingIfNeeded: number).bigEndian) { Array($0) }
  }

  /// zlib (RFC 1950) with one stored block (RFC 1951, 3.2.4).
  private static func deflated(_ bytes: [UInt8]) -> [UInt8] {
    let length = UInt16(bytes.count)
    let lengths = [UInt8(length & 0xFF), UInt8(length >> 8), UInt8(~length & 0xFF), UInt8(~length >> 8)]
    var (a, b) = (UInt32(1), UInt32(0))
    for byte in bytes {
      a = (a + UInt32(byte)) % 65_521
      b = (b + a) % 65_521
    }
    return [0x78, 0x01, 0x01] + lengths + bytes + bigEndian(Int(b << 16 | a))
  }

  private static let table = (0..<256).map { number -> UInt32 in
    (0..<8).reduce(UInt32(number)) { value, _ in value & 1 == 1 ? 0xEDB8_8320 ^ (value >> 1) : value >> 1 }
  }

  private static func crc(_ bytes: [UInt8]) -> UInt32 {
    ~bytes.reduce(UInt32.max) { table[Int(($0 ^ UInt32($1)) & 0xFF)] ^ ($0 >> 8) }
  }
}
