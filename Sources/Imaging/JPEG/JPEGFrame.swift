/// A frame header (ITU T.81, B.2.2).
struct JPEGFrame {
  struct Component {
    let identifier: UInt8
    /// The number of its quantization table, below 4.
    let table: UInt8
  }

  let size: PixelSize
  /// 1 to 4.
  let components: [Component]

  /// - Throws: `unusual` for samples of more than 8 bits; `damaged` also for a height that only a later DNL
  ///   segment would tell, which no common decoder takes.
  init(_ payload: ByteReader) throws(ImageFile.Refusal) {
    var reader = payload
    let precision = try reader.byte()
    let height = try reader.integer(2, .big)
    let width = try reader.integer(2, .big)
    let count = try reader.byte()
    guard (1...4).contains(count) else { throw .damaged }
    var components: [Component] = []
    for _ in 0..<count {
      let identifier = try reader.byte()
      let sampling = try reader.byte()
      let table = try reader.byte()
      guard (1...4).contains(sampling >> 4), (1...4).contains(sampling & 0x0F), table < 4 else {
        throw .damaged
      }
      components.append(Component(identifier: identifier, table: table))
    }
    guard reader.isAtEnd else { throw .damaged }
    guard precision == 8 else { throw .unusual }
    size = try PixelSize(width, height)
    self.components = components
  }
}
