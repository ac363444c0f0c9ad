/// The IHDR chunk (PNG, third edition, section 11.2.1), and what follows from it for other chunks.
struct PNGHeader {
  enum Colour: Int {
    case grey = 0
    case rgb = 2
    case palette = 3
    case greyAlpha = 4
    case rgbAlpha = 6
  }

  let size: PixelSize
  let colour: Colour

  /// - Throws: `damaged` also for a combination of colour and bit depth that the specification does not have.
  init(_ data: ByteReader) throws(ImageFile.Refusal) {
    var reader = data
    let width = try reader.integer(4, .big)
    let height = try reader.integer(4, .big)
    let depth = try reader.byte()
    guard let colour = Colour(rawValue: Int(try reader.byte())) else { throw .damaged }
    let depths: [UInt8] =
      switch colour {
      case .grey: [1, 2, 4, 8, 16]
      case .palette: [1, 2, 4, 8]
      case .rgb, .greyAlpha, .rgbAlpha: [8, 16]
      }
    let compression = try reader.byte()
    let filter = try reader.byte()
    let interlace = try reader.byte()
    guard depths.contains(depth), compression == 0, filter == 0, interlace < 2, reader.isAtEnd,
      width < 1 << 31, height < 1 << 31
    else { throw .damaged }
    size = try PixelSize(width, height)
    self.colour = colour
  }

  /// Whether a chunk says how the pixels look and has the length that it must have (section 11.3).
  /// Those of another length are passed over by decoders, and so never stored.
  func keeps(_ type: ChunkType, length: Int) -> Bool {
    switch (type, colour) {
    case ("tRNS", .grey): length == 2
    case ("tRNS", .rgb): length == 6
    case ("tRNS", .palette): (1...256).contains(length)
    case ("bKGD", .palette): length == 1
    case ("bKGD", .grey), ("bKGD", .greyAlpha): length == 2
    case ("bKGD", .rgb), ("bKGD", .rgbAlpha): length == 6
    case ("sBIT", .grey): length == 1
    case ("sBIT", .greyAlpha): length == 2
    case ("sBIT", .rgb), ("sBIT", .palette): length == 3
    case ("sBIT", .rgbAlpha): length == 4
    case ("cHRM", _): length == 32
    case ("gAMA", _), ("cICP", _): length == 4
    case ("sRGB", _): length == 1
    case ("mDCV", _): length == 24
    case ("cLLI", _): length == 8
    case ("pHYs", _): length == 9
    default: false
    }
  }
}
