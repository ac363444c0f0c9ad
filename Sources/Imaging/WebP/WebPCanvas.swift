/// The VP8X chunk of an extended WebP file (RFC 9649, section 2.7): its flags, and the canvas in pixels.
struct WebPCanvas {
  struct Flags: OptionSet {
    let rawValue: UInt8
    static let animation = Flags(rawValue: 0x02)
    static let alpha = Flags(rawValue: 0x10)
    static let colourProfile = Flags(rawValue: 0x20)
  }

  let size: PixelSize
  let flags: Flags

  init(_ data: ByteReader) throws(ImageFile.Refusal) {
    var reader = data
    flags = Flags(rawValue: try reader.byte())
    try reader.take(3)
    let width = try reader.integer(3, .little) + 1
    let height = try reader.integer(3, .little) + 1
    size = try PixelSize(width, height)
  }

  /// The chunk with these flags only.
  func made(_ flags: Flags) -> [UInt8] {
    WebPChunk.head("VP8X", count: 10) + [flags.rawValue, 0, 0, 0] + Self.sides(size)
  }

  /// Width and height as they are written, three bytes each.
  static func sides(_ size: PixelSize) -> [UInt8] {
    [size.width - 1, size.height - 1].flatMap { PNGChunk.bigEndian($0).reversed().prefix(3) }
  }
}
