/// One picture: a chunk of pixels (`VP8 ` or `VP8L`) and perhaps one of transparency before it
/// (RFC 9649, section 2.7.1.2 to 2.7.1.3).
struct WebPImage {
  private var alpha: WebPChunk?
  private var pixels: WebPChunk?

  /// Whether it has begun.
  var isBegun: Bool { alpha != nil || pixels != nil }
  var isComplete: Bool { pixels != nil }

  /// Takes a chunk of a picture, or passes over one that may follow it.
  /// - Throws: `damaged` where libwebp shows nothing: for a second picture, and for anything between its chunks.
  mutating func take(_ chunk: WebPChunk) throws(ImageFile.Refusal) {
    switch chunk.type {
    case "ALPH":
      guard !isBegun else { throw .damaged }
      alpha = chunk
    case "VP8 ":
      guard !isComplete else { throw .damaged }
      pixels = chunk
    case "VP8L":
      // It has its own transparency.
      guard !isBegun else { throw .damaged }
      pixels = chunk
    default:
      guard isComplete else { throw .damaged }
    }
  }

  /// The length of its chunks in the stored file.
  var storedCount: Int { (alpha?.storedCount ?? 0) + (pixels?.storedCount ?? 0) }

  func store(in pieces: inout PieceList) {
    alpha?.store(in: &pieces)
    pixels?.store(in: &pieces)
  }

  /// The size that the pixels' own header tells.
  /// - Throws: `damaged` if there are no pixels or their header is wrong.
  func size(in bytes: [UInt8]) throws(ImageFile.Refusal) -> PixelSize {
    guard let pixels else { throw .damaged }
    let reader = ByteReader(bytes, in: pixels.data)
    return try pixels.type == "VP8 " ? Self.lossySize(reader) : Self.losslessSize(reader)
  }

  /// The frame header of a key frame (RFC 6386, section 9.1).
  private static func lossySize(_ data: ByteReader) throws(ImageFile.Refusal) -> PixelSize {
    var reader = data
    let tag = try reader.integer(3, .little)
    let isKeyFrame = tag & 1 == 0
    let version = tag >> 1 & 7
    let isShown = tag >> 4 & 1 == 1
    guard isKeyFrame, version <= 3, isShown, try reader.integer(3, .big) == 0x9D012A else { throw .damaged }
    let width = try reader.integer(2, .little) & 0x3FFF
    let height = try reader.integer(2, .little) & 0x3FFF
    // The first partition, which is in the file.
    try reader.take(tag >> 5)
    return try PixelSize(width, height)
  }

  /// The header of a lossless picture (RFC 9649, section 3.4).
  private static func losslessSize(_ data: ByteReader) throws(ImageFile.Refusal) -> PixelSize {
    var reader = data
    guard try reader.byte() == 0x2F else { throw .damaged }
    let bits = try reader.integer(4, .little)
    guard bits >> 29 == 0, !reader.isAtEnd else { throw .damaged }
    return try PixelSize(bits & 0x3FFF + 1, bits >> 14 & 0x3FFF + 1)
  }
}
