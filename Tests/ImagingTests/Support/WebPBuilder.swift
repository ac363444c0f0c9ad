/// A WebP of 3 by 2 pixels, from whole chunks.
struct WebPBuilder {
  var chunks: [UInt8] = lossy
  /// What comes after the end that RIFF tells.
  var tail: [UInt8] = []

  static let animationFlag: UInt8 = 0x02
  static let xmpFlag: UInt8 = 0x04
  static let exifFlag: UInt8 = 0x08
  static let alphaFlag: UInt8 = 0x10
  static let profileFlag: UInt8 = 0x20

  static func chunk(_ type: String, _ data: [UInt8]) -> [UInt8] {
    ascii(type) + little(4, data.count) + data + (data.count.isMultiple(of: 2) ? [] : [0])
  }

  static let lossy = chunk(
    "VP8 ", hex("b001009d012a0300020007409625a00274ba0004aa0000fccaf5e53e26dbf8de6f35b1d80000"))

  static func lossless(width: Int = 3, height: Int = 2) -> [UInt8] {
    chunk("VP8L", [0x2F] + little(4, width - 1 | (height - 1) << 14) + hex("0750e42ad4a3ff8188e87f00"))
  }

  static let alpha = chunk("ALPH", hex("0063636363ff63"))

  static func canvas(_ flags: UInt8, width: Int = 3, height: Int = 2) -> [UInt8] {
    chunk("VP8X", [flags, 0, 0, 0] + little(3, width - 1) + little(3, height - 1))
  }

  static let animation = chunk("ANIM", [1, 2, 3, 4, 3, 0])

  static func frame(_ chunks: [UInt8], x: Int = 0, y: Int = 0, width: Int = 3, height: Int = 2) -> [UInt8] {
    chunk(
      "ANMF",
      little(3, x / 2) + little(3, y / 2) + little(3, width - 1) + little(3, height - 1) + little(3, 100) + [
        0
      ]
        + chunks)
  }

  static var animated: WebPBuilder {
    WebPBuilder(
      chunks: canvas(animationFlag | alphaFlag) + animation + frame(lossless())
        + frame(lossless(width: 1, height: 1), x: 2, width: 1, height: 1))
  }

  var bytes: [UInt8] {
    let content = ascii("WEBP") + chunks
    return ascii("RIFF") + little(4, content.count) + content + tail
  }
}
