/// Checks that a segment of parameters is exactly as long as its contents say (ITU T.81, B.2.3 and B.2.4),
/// so that it is what decoders need and nothing else. Each throws `damaged` if not.
enum JPEGTables {
  /// - Parameter tables: the numbers of the quantization tables that there are.
  static func checkScan(
    _ payload: ByteReader, of frame: JPEGFrame, tables: Set<UInt8>
  ) throws(ImageFile.Refusal) {
    var reader = payload
    let count = try reader.byte()
    guard (1...4).contains(count) else { throw .damaged }
    for _ in 0..<count {
      let identifier = try reader.byte()
      guard let component = frame.components.first(where: { $0.identifier == identifier }),
        tables.contains(component.table)
      else { throw .damaged }
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

  /// - Returns: the numbers of the tables in it.
  static func checkQuantization(_ payload: ByteReader) throws(ImageFile.Refusal) -> Set<UInt8> {
    var reader = payload
    var numbers: Set<UInt8> = []
    repeat {
      let destination = try reader.byte()
      guard destination >> 4 < 2, destination & 0x0F < 4 else { throw .damaged }
      try reader.take(destination >> 4 == 0 ? 64 : 128)
      numbers.insert(destination & 0x0F)
    } while !reader.isAtEnd
    return numbers
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
