/// A frame header (ITU T.81, B.2.2).
struct JPEGFrame {
  let size: PixelSize
  /// The identifiers of its 1 to 4 components.
  let components: [UInt8]

  /// - Throws: `unknownFormat` for samples of more than 8 bits, which browsers do not show; `damaged` also for
  ///   a height that only a later DNL segment would tell, which no common decoder takes.
  init(_ payload: ByteReader) throws(ImageFile.Refusal) {
    var reader = payload
    let precision = try reader.byte()
    let height = try reader.integer(2, .big)
    let width = try reader.integer(2, .big)
    let count = try reader.byte()
    guard (1...4).contains(count) else { throw .damaged }
    var components: [UInt8] = []
    for _ in 0..<count {
      components.append(try reader.byte())
      let sampling = try reader.byte()
      let table = try reader.byte()
      guard (1...4).contains(sampling >> 4), (1...4).contains(sampling & 0x0F), table < 4 else {
        throw .damaged
      }
    }
    guard reader.isAtEnd else { throw .damaged }
    guard precision == 8 else { throw .unknownFormat }
    size = try PixelSize(width, height)
    self.components = components
  }
}
