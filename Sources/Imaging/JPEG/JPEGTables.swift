/// Checks that a segment of parameters is exactly as long as its contents say (ITU T.81, B.2.3 and B.2.4),
/// so that it is what decoders need and nothing else. Each throws `damaged` if not.
enum JPEGTables {
  static func checkScan(_ payload: ByteReader, of frame: JPEGFrame) throws(ImageFile.Refusal) {
    var reader = payload
    let count = try reader.byte()
    guard (1...4).contains(count) else { throw .damaged }
    for _ in 0..<count {
      guard frame.components.contains(try reader.byte()) else { throw .damaged }
      try reader.take(1)
    }
    try reader.take(3)
    guard reader.isAtEnd else { throw .damaged }
  }

  static func checkHuffman(_ payload: ByteReader) throws(ImageFile.Refusal) {
    var reader = payload
    repeat {
      let destination = try reader.byte()
      guard destination >> 4 < 2, destination & 0x0F < 4 else { throw .damaged }
      var values = 0
      for _ in 0..<16 { values += Int(try reader.byte()) }
      guard values <= 256 else { throw .damaged }
      try reader.take(values)
    } while !reader.isAtEnd
  }

  static func checkQuantization(_ payload: ByteReader) throws(ImageFile.Refusal) {
    var reader = payload
    repeat {
      let destination = try reader.byte()
      guard destination >> 4 < 2, destination & 0x0F < 4 else { throw .damaged }
      try reader.take(destination >> 4 == 0 ? 64 : 128)
    } while !reader.isAtEnd
  }

  static func checkConditioning(_ payload: ByteReader) throws(ImageFile.Refusal) {
    var reader = payload
    repeat {
      let destination = try reader.byte()
      guard destination >> 4 < 2, destination & 0x0F < 4 else { throw .damaged }
      try reader.take(1)
    } while !reader.isAtEnd
  }
}
