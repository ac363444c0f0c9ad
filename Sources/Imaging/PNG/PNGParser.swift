/// Reads a PNG file (PNG, third edition, with animations): from its signature to IEND, which may be missing.
///
/// Stored are the pixels, how to colour and scale them, and the animation; the colour profile under the name
/// `icc`. Of Exif nothing is: some browsers turn a PNG and some do not. Checksums that browsers do not mind are
/// put right.
struct PNGParser {
  static let signature: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]
  private static let profileName = Array("icc\0".utf8)

  private enum Place { case beforeImageData, inImageData, afterImageData }

  private let bytes: [UInt8]
  private var reader: ByteReader
  private var body: PieceList
  private var place = Place.beforeImageData
  private var once: Set<ChunkType> = []
  private var imageDataCount = 0
  private var hasSpoiledImageData = false
  private var end: PNGChunk?
  private var animation: PNGAnimation?
  /// The first frame's fcTL, if it comes before acTL.
  private var earlyFrame: PNGChunk?
  /// The frame that was begun last, if it is not in IDAT.
  private var frame: PieceList

  init(_ bytes: [UInt8]) {
    self.bytes = bytes
    reader = ByteReader(bytes)
    body = PieceList(of: bytes)
    frame = PieceList(of: bytes)
  }

  mutating func parse() throws(ImageFile.Refusal) -> ImageFile {
    var pieces = PieceList(of: bytes)
    pieces.copy(try reader.take(Self.signature.count))
    let first = try PNGChunk(from: &reader)
    guard first.type == "IHDR", first.hasRightChecksum else { throw .damaged }
    let header = try PNGHeader(ByteReader(bytes, in: first.data))
    pieces.copy(first.range)
    while let chunk = try nextChunk(header) {
      if place == .inImageData, chunk.type != "IDAT" { place = .afterImageData }
      try take(chunk, header)
    }
    guard imageDataCount > 0 else { throw .damaged }
    settleFrame()
    let frames = animation?.frames ?? 0
    if let animation, frames > 0 { pieces.make(animation.control) }
    pieces.append(body)
    if let end, end.data.isEmpty, end.hasRightChecksum {
      pieces.copy(end.range)
    } else {
      pieces.make(PNGChunk.made("IEND", []))
    }
    return ImageFile(.png, size: header.size, isAnimated: frames > 1, pieces: pieces)
  }

  /// Nil at the end, be it IEND or the end of the file.
  private mutating func nextChunk(_ header: PNGHeader) throws(ImageFile.Refusal) -> PNGChunk? {
    let start = reader
    do throws(ImageFile.Refusal) {
      let chunk = try PNGChunk(from: &reader)
      guard chunk.type == "IEND" else { return chunk }
      end = chunk
    } catch {
      guard reader.hasRunOut else { throw error }
      try takeCutChunk(from: start, header)
    }
    return nil
  }

  /// The last chunk, which is not whole. Where pixels are missing most browsers show nothing once there is an end.
  private mutating func takeCutChunk(from start: ByteReader, _ header: PNGHeader) throws(ImageFile.Refusal) {
    var reader = start
    guard let length = try? reader.integer(4, .big), let code = try? reader.integer(4, .big) else { return }
    switch ChunkType(code: code) {
    case "IDAT":
      let data = try reader.take(length)
      try takeImageData(data, header)
      PNGChunk.store("IDAT", data, of: bytes, in: &body)
    case "fdAT": animation?.cut(inData: true)
    default: break
    }
  }

  private mutating func take(_ chunk: PNGChunk, _ header: PNGHeader) throws(ImageFile.Refusal) {
    guard chunk.hasRightChecksum else { return try takeSpoiled(chunk, header) }
    let data = ByteReader(bytes, in: chunk.data)
    switch chunk.type {
    case "IDAT":
      try takeImageData(chunk.data, header)
      body.copy(chunk.range)
    case "PLTE":
      // Behind the pixels nobody looks for it.
      guard place == .beforeImageData else { return }
      guard once.insert(chunk.type).inserted, chunk.data.count.isMultiple(of: 3),
        (1...256).contains(chunk.data.count / 3)
      else { throw .damaged }
      // Without colour there is no use for it; decoders pass over it.
      if header.colour != .grey, header.colour != .greyAlpha { body.copy(chunk.range) }
    case "acTL" where place == .beforeImageData:
      guard animation == nil else { throw .damaged }
      animation = try PNGAnimation(data, canvas: header.size)
      if let frame = earlyFrame { try take(frame, header) }
    case "fcTL" where animation == nil && place == .beforeImageData:
      earlyFrame = chunk
    case "fcTL", "fdAT":
      try takeFrame(chunk)
    case "iCCP":
      takeProfile(chunk)
    default:
      guard !chunk.isCritical else { throw .damaged }
      // Of these only the first counts, and only before the image data.
      if place == .beforeImageData, header.keeps(chunk.type, length: chunk.data.count),
        once.insert(chunk.type).inserted
      {
        body.copy(chunk.range)
      }
    }
  }

  /// One whose checksum is wrong. Browsers pass over those that need not be there, and show pixels to that point.
  private mutating func takeSpoiled(_ chunk: PNGChunk, _ header: PNGHeader) throws(ImageFile.Refusal) {
    switch chunk.type {
    case "IDAT":
      try takeImageData(chunk.data, header)
      hasSpoiledImageData = true
      PNGChunk.store("IDAT", chunk.data, of: bytes, in: &body)
    case "fcTL", "fdAT":
      guard place != .beforeImageData else { throw .damaged }
      animation?.cut(inData: chunk.type == "fdAT")
    default: guard !chunk.isCritical else { throw .damaged }
    }
  }

  /// fcTL or fdAT.
  private mutating func takeFrame(_ chunk: PNGChunk) throws(ImageFile.Refusal) {
    guard animation?.isOver == false else { return }
    let data = ByteReader(bytes, in: chunk.data)
    if chunk.type == "fdAT" {
      try animation?.addFrameData(data)
    } else {
      settleFrame()
      try animation?.begin(data, beforeImageData: place == .beforeImageData)
    }
    guard animation?.isOver == false else { return }
    if place == .beforeImageData { body.copy(chunk.range) } else { frame.copy(chunk.range) }
  }

  /// Stores the frame that was begun last, if it has its data.
  private mutating func settleFrame() {
    if animation?.frameHasData == true { body.append(frame) }
    frame = PieceList(of: bytes)
  }

  private mutating func takeImageData(_ data: Range<Int>, _ header: PNGHeader) throws(ImageFile.Refusal) {
    guard place != .afterImageData, !hasSpoiledImageData, header.colour != .palette || once.contains("PLTE")
    else { throw .damaged }
    place = .inImageData
    imageDataCount += data.count
    animation?.addImageData()
  }

  /// iCCP: a name of 1 to 79 bytes, which is free text, a zero, the compression method 0, the profile.
  private mutating func takeProfile(_ chunk: PNGChunk) {
    guard place == .beforeImageData, let nameEnd = bytes[chunk.data].prefix(80).firstIndex(of: 0),
      nameEnd > chunk.data.lowerBound, chunk.data.upperBound - nameEnd > 2, bytes[nameEnd + 1] == 0,
      once.insert(chunk.type).inserted
    else { return }
    guard !bytes[chunk.data].starts(with: Self.profileName) else {
      body.copy(chunk.range)
      return
    }
    PNGChunk.store("iCCP", after: Self.profileName, nameEnd + 1..<chunk.data.upperBound, of: bytes, in: &body)
  }
}
