/// A PNG of 3 by 2 pixels in RGB with its pixels uncompressed, and chunks before and after them.
struct PNGBuilder {
  var width = 3
  var height = 2
  var depth: UInt8 = 8
  var colour: UInt8 = 2
  /// Whole chunks.
  var head: [UInt8] = []
  var imageData = chunk("IDAT", pixels)
  var middle: [UInt8] = []
  /// What comes after IEND.
  var tail: [UInt8] = []

  static let signature: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]

  static func chunk(_ type: String, _ data: [UInt8]) -> [UInt8] {
    big(4, data.count) + ascii(type) + data + big(4, Int(checksum(ascii(type) + data)))
  }

  /// Bit by bit, as annex D of the specification has it.
  static func checksum(_ bytes: [UInt8]) -> UInt32 {
    var state = UInt32.max
    for byte in bytes {
      state ^= UInt32(byte)
      for _ in 0..<8 { state = state & 1 == 1 ? 0xEDB8_8320 ^ (state >> 1) : state >> 1 }
    }
    return ~state
  }

  /// Two rows of three pixels, in a zlib stream of one stored block.
  static let pixels: [UInt8] = {
    let rows = [UInt8]([0, 10, 20, 30, 40, 50, 60, 70, 80, 90, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9])
    var (low, high) = (1, 0)
    for byte in rows {
      low = (low + Int(byte)) % 65_521
      high = (high + low) % 65_521
    }
    return [0x78, 0x01, 1] + little(2, rows.count) + little(2, ~rows.count) + rows + big(2, high)
      + big(2, low)
  }()

  static func frameControl(_ sequence: Int, width: Int = 3, height: Int = 2, x: Int = 0, y: Int = 0)
    -> [UInt8]
  {
    chunk(
      "fcTL",
      big(4, sequence) + big(4, width) + big(4, height) + big(4, x) + big(4, y) + big(2, 1) + big(2, 10) + [
        0, 1,
      ])
  }

  static func frameData(_ sequence: Int) -> [UInt8] { chunk("fdAT", big(4, sequence) + pixels) }

  static func animationControl(frames: Int) -> [UInt8] { chunk("acTL", big(4, frames) + big(4, 3)) }

  static var animated: PNGBuilder {
    PNGBuilder(
      head: animationControl(frames: 2) + frameControl(0), middle: frameControl(1) + frameData(2))
  }

  var bytes: [UInt8] {
    Self.signature + Self.chunk("IHDR", big(4, width) + big(4, height) + [depth, colour, 0, 0, 0]) + head
      + imageData + middle + Self.chunk("IEND", []) + tail
  }
}
