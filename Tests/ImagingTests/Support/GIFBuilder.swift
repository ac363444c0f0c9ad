/// A GIF of 3 by 2 pixels, from whole blocks.
struct GIFBuilder {
  var header = "GIF89a"
  var width = 3
  var height = 2
  var blocks: [UInt8] = image()
  /// What comes after the trailer.
  var tail: [UInt8] = []

  static func image(x: Int = 0, y: Int = 0, width: Int = 3, height: Int = 2) -> [UInt8] {
    [0x2C] + little(2, x) + little(2, y) + little(2, width) + little(2, height)
      + [0, 8, 6, 0x00, 0x01, 0x08, 0x1C, 0x18, 0x10, 0]
  }

  /// An extension with each text or array in a sub-block of its own.
  static func block(_ label: UInt8, _ parts: [UInt8]...) -> [UInt8] {
    [0x21, label] + parts.flatMap { [UInt8($0.count)] + $0 } + [0]
  }

  static func control(delay: Int = 10) -> [UInt8] { block(0xF9, [4] + little(2, delay) + [0]) }

  static func loop(_ count: Int, name: String = "NETSCAPE2.0") -> [UInt8] {
    block(0xFF, ascii(name), [1] + little(2, count))
  }

  static let comment = block(0xFE, ascii("SecretComment"), ascii("SecretToo"))

  static var animated: GIFBuilder {
    GIFBuilder(blocks: loop(0) + control() + image() + control() + image(x: 1, y: 1, width: 2, height: 1))
  }

  var bytes: [UInt8] {
    ascii(header) + little(2, width) + little(2, height) + [0x80, 0, 0, 0, 0, 0, 255, 255, 255] + blocks + [
      0x3B
    ]
      + tail
  }
}
