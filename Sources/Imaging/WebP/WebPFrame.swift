/// A frame of an animation, ANMF (RFC 9649, section 2.7.1.1): where, how large, how long, and its picture.
struct WebPFrame {
  private let place: Range<Int>
  private let timing: Range<Int>
  private let size: PixelSize
  private let image: WebPImage

  /// Its size is the picture's, whatever else it says.
  /// - Throws: `damaged` if it has no picture, or one that lies outside the canvas.
  init(_ chunk: WebPChunk, in bytes: [UInt8], canvas: PixelSize) throws(ImageFile.Refusal) {
    var reader = ByteReader(bytes, in: chunk.data)
    let start = reader.position
    let x = try reader.integer(3, .little) * 2
    let y = try reader.integer(3, .little) * 2
    place = start..<reader.position
    try reader.take(6)
    timing = try reader.take(4)
    var image = WebPImage()
    while !reader.isAtEnd { try image.take(WebPChunk(from: &reader)) }
    size = try image.size(in: bytes)
    try canvas.checkFrame(x: x, y: y, width: size.width, height: size.height)
    self.image = image
  }

  func store(in pieces: inout PieceList) {
    pieces.make(WebPChunk.head("ANMF", count: place.count + 6 + timing.count + image.storedCount))
    pieces.copy(place)
    pieces.make(WebPCanvas.sides(size))
    pieces.copy(timing)
    image.store(in: &pieces)
  }
}
