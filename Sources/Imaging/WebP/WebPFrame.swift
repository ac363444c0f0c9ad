/// A frame of an animation, ANMF (RFC 9649, section 2.7.1.1): where, how large, how long, and its picture.
struct WebPFrame {
  private let head: Range<Int>
  private let image: WebPImage
  private let chunk: WebPChunk

  /// - Throws: `damaged` if it has no picture, or one of another size, or lies outside the canvas.
  init(_ chunk: WebPChunk, in bytes: [UInt8], canvas: PixelSize) throws(ImageFile.Refusal) {
    var reader = ByteReader(bytes, in: chunk.data)
    let start = reader.position
    let x = try reader.integer(3, .little) * 2
    let y = try reader.integer(3, .little) * 2
    let width = try reader.integer(3, .little) + 1
    let height = try reader.integer(3, .little) + 1
    try reader.take(4)
    head = start..<reader.position
    var image = WebPImage()
    while !reader.isAtEnd { try image.take(WebPChunk(from: &reader)) }
    try canvas.checkFrame(x: x, y: y, width: width, height: height)
    guard try image.size(in: bytes) == PixelSize(width, height) else { throw .damaged }
    self.image = image
    self.chunk = chunk
  }

  func store(in pieces: inout PieceList) {
    let count = head.count + image.storedCount
    if count == chunk.data.count {
      pieces.copy(chunk.range.lowerBound..<head.upperBound)
    } else {
      pieces.make(WebPChunk.head("ANMF", count: count))
      pieces.copy(head)
    }
    image.store(in: &pieces)
  }
}
