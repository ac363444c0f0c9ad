/// A chunk of a WebP file (RFC 9649, section 2.3): type, length, data, a zero byte if the length is odd.
struct WebPChunk {
  let type: ChunkType
  /// From the type to the end of the data.
  let range: Range<Int>
  let data: Range<Int>
  /// Whether the length is odd and a zero byte follows, as it then must.
  private let isPadded: Bool

  /// Reads the next one. The last one of a file is taken without its padding too, as libwebp does.
  /// - Throws: `damaged` if it is not whole.
  init(from reader: inout ByteReader) throws(ImageFile.Refusal) {
    let start = reader.position
    type = ChunkType(code: try reader.integer(4, .big))
    data = try reader.take(reader.integer(4, .little))
    range = start..<data.upperBound
    if data.count.isMultiple(of: 2) || reader.isAtEnd {
      isPadded = false
    } else {
      isPadded = try reader.byte() == 0
    }
  }

  /// The length in the stored file.
  var storedCount: Int { range.count + (range.count & 1) }

  func store(in pieces: inout PieceList) {
    pieces.copy(isPadded ? range.lowerBound..<range.upperBound + 1 : range)
    if !isPadded, !range.count.isMultiple(of: 2) { pieces.make([0]) }
  }

  /// The head of a chunk: its type and length.
  static func head(_ type: ChunkType, count: Int) -> [UInt8] {
    PNGChunk.bigEndian(type.code) + PNGChunk.bigEndian(count).reversed()
  }
}
