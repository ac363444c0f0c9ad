/// Reads a WebP file (RFC 9649): the RIFF container, to the end that its length tells.
///
/// Stored are the picture or the frames and the colour profile; of Exif nothing, since browsers do not turn a
/// WebP. What libwebp shows nothing of is refused, and like it this believes a flag that says that there is no
/// profile.
struct WebPParser {
  private let bytes: [UInt8]
  private var reader: ByteReader
  private var body: PieceList
  private var image = WebPImage()
  private var hasAnimation = false
  private var frames = 0
  private var hasProfile = false

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
    return file(canvas.size, canvas.made(flags))
  }

  private mutating func take(_ chunk: WebPChunk, _ canvas: WebPCanvas) throws(ImageFile.Refusal) {
    let isAnimation = canvas.flags.contains(.animation)
    // Nothing may come between transparency and pixels.
    guard image.isComplete || !image.isBegun || chunk.type == "VP8 " else { throw .damaged }
    switch chunk.type {
    case "ICCP" where canvas.flags.contains(.colourProfile):
      // Its place is before the pixels.
      guard !hasProfile, !hasAnimation, !image.isComplete else { return }
      hasProfile = true
      chunk.store(in: &body)
    case "ANIM" where isAnimation:
      // Only the first one counts, and of it only what is known.
      guard !hasAnimation else { return }
      guard chunk.data.count >= 6 else { throw .damaged }
      hasAnimation = true
      body.make(WebPChunk.head("ANIM", count: 6))
      body.copy(chunk.data.prefix(6))
    case "ANMF":
      guard isAnimation, hasAnimation else { throw .damaged }
      frames += 1
      try canvas.size.checkAnimation(of: frames)
      try WebPFrame(chunk, in: bytes, canvas: canvas.size).store(in: &body)
    case "ALPH", "VP8 ", "VP8L":
      guard !isAnimation else { throw .damaged }
      try image.take(chunk)
      if image.isComplete { image.store(in: &body) }
    case "VP8X": throw .damaged
    case "ANIM":
      guard image.isComplete else { throw .damaged }
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
