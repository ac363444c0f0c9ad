/// A chunk of a PNG file (PNG, third edition, section 5.3): length, type, data, checksum.
struct PNGChunk {
  let type: ChunkType
  /// All of it, from its length to its checksum.
  let range: Range<Int>
  let data: Range<Int>
  let hasRightChecksum: Bool

  /// Whether a decoder that does not know the type must give up.
  var isCritical: Bool { type.code >> 24 & 0x20 == 0 }

  /// Reads the next one.
  /// - Throws: `damaged` if it is not whole or its type is no four letters.
  init(from reader: inout ByteReader) throws(ImageFile.Refusal) {
    let start = reader.position
    let length = try reader.integer(4, .big)
    let covered = reader
    let code = try reader.integer(4, .big)
    data = try reader.take(length)
    var checksum = CRC32()
    checksum.add(reader.bytes, in: covered.position..<data.upperBound)
    hasRightChecksum = try reader.integer(4, .big) == Int(checksum.value)
    for shift in [0, 8, 16, 24] {
      guard (0x41...0x5A).contains(code >> shift & 0xDF) else { throw .damaged }
    }
    type = ChunkType(code: code)
    range = start..<reader.position
  }

  /// A chunk as it stands in a file.
  static func made(_ type: ChunkType, _ data: [UInt8]) -> [UInt8] {
    var checksum = CRC32()
    let covered = bigEndian(type.code) + data
    checksum.add(covered, in: covered.indices)
    return bigEndian(data.count) + covered + bigEndian(Int(checksum.value))
  }

  /// Stores a chunk that has `head` and then these data of the upload.
  static func store(
    _ type: ChunkType, after head: [UInt8] = [], _ data: Range<Int>, of bytes: [UInt8],
    in pieces: inout PieceList
  ) {
    let covered = bigEndian(type.code) + head
    var checksum = CRC32()
    checksum.add(covered, in: covered.indices)
    checksum.add(bytes, in: data)
    pieces.make(bigEndian(head.count + data.count) + covered)
    pieces.copy(data)
    pieces.make(bigEndian(Int(checksum.value)))
  }

  static func bigEndian(_ number: Int) -> [UInt8] {
    [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: number >> $0) }
  }
}
