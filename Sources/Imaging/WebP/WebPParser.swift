/// Reads a WebP file (RFC 9649): the RIFF container, to the end that its length tells.
///
/// Stored are the picture or the frames, the colour profile and, of Exif, the orientation. As libwebp does,
/// it believes a flag that says that a kind of chunk is not there.
struct WebPParser {
  private let bytes: [UInt8]
  private var reader: ByteReader
  private var body: PieceList
  private var image = WebPImage()
  private var hasAnimation = false
  private var frames = 0
  private var hasProfile = false
  private var hasExif = false
  private var orientation: Orientation?

  init(_ bytes: [UInt8]) throws(ImageFile.Refusal) {
    self.bytes = bytes
    body = PieceList(of: bytes)
    var reader = ByteReader(bytes)
    try reader.take(4)
    let content = try reader.take(reader.integer(4, .little))
    self.reader = ByteReader(bytes, in: content)
    try self.reader.take(4)
  }

  mutating func parse() throws(ImageFile.Refusal) -> ImageFile {
    let first = try WebPChunk(from: &reader)
    guard first.type == "VP8X" else {
      // The simple format: one picture, and nothing after it counts.
      try image.take(first)
      let size = try image.size(in: bytes)
      image.store(in: &body)
      return file(size)
    }
    let canvas = try WebPCanvas(ByteReader(bytes, in: first.data))
    while !reader.isAtEnd { try take(WebPChunk(from: &reader), canvas) }
    var flags = canvas.flags.intersection([.alpha, .animation])
    if hasProfile { flags.insert(.colourProfile) }
    if canvas.flags.contains(.animation) {
      guard frames > 0 else { throw .damaged }
    } else {
      guard try image.size(in: bytes) == canvas.size else { throw .damaged }
    }
    if let orientation {
      flags.insert(.exif)
      body.make(WebPChunk.head("EXIF", count: orientation.tiff.count) + orientation.tiff)
    }
    return file(canvas.size.shown(by: orientation), canvas.made(flags))
  }

  private mutating func take(_ chunk: WebPChunk, _ canvas: WebPCanvas) throws(ImageFile.Refusal) {
    let isAnimation = canvas.flags.contains(.animation)
    switch chunk.type {
    case "ICCP" where canvas.flags.contains(.colourProfile):
      // Its place is before the pixels.
      guard !hasProfile, !hasAnimation, !image.isComplete else { return }
      hasProfile = true
      chunk.store(in: &body)
    case "EXIF" where canvas.flags.contains(.exif):
      if !hasExif { orientation = Orientation(exif: bytes, in: chunk.data) }
      hasExif = true
    case "ANIM" where isAnimation:
      guard chunk.data.count == 6, !hasAnimation else { throw .damaged }
      hasAnimation = true
      chunk.store(in: &body)
    case "ANMF" where isAnimation:
      guard hasAnimation else { throw .damaged }
      frames += 1
      try canvas.size.checkAnimation(of: frames)
      try WebPFrame(chunk, in: bytes, canvas: canvas.size).store(in: &body)
    case "ALPH", "VP8 ", "VP8L":
      guard !isAnimation else { throw .damaged }
      let wasComplete = image.isComplete
      try image.take(chunk)
      if !wasComplete, image.isComplete { image.store(in: &body) }
    default: break
    }
  }

  private func file(_ size: PixelSize, _ canvas: [UInt8] = []) -> ImageFile {
    var pieces = PieceList(of: bytes)
    pieces.make(WebPChunk.head("RIFF", count: 4 + canvas.count + body.count) + "WEBP".utf8 + canvas)
    pieces.append(body)
    return ImageFile(.webp, size: size, isAnimated: frames > 1, pieces: pieces)
  }
}
