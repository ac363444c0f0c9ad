/// Reads a PNG file (PNG, third edition, with animations): from its signature to IEND.
///
/// Stored are the pixels, how to colour and scale them, and the animation; of Exif, the orientation; the
/// colour profile under the name `icc`.
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
  private var animation: PNGAnimation?
  /// The first frame's fcTL, if it comes before acTL.
  private var earlyFrame: PNGChunk?
  private var orientation: Orientation?

  init(_ bytes: [UInt8]) {
    self.bytes = bytes
    reader = ByteReader(bytes)
    body = PieceList(of: bytes)
  }

  mutating func parse() throws(ImageFile.Refusal) -> ImageFile {
    var pieces = PieceList(of: bytes)
    pieces.copy(try reader.take(Self.signature.count))
    let first = try PNGChunk(from: &reader)
    guard first.type == "IHDR" else { throw .damaged }
    let header = try PNGHeader(ByteReader(bytes, in: first.data))
    pieces.copy(first.range)
    while true {
      let chunk = try PNGChunk(from: &reader)
      if chunk.type == "IEND" {
        guard chunk.data.isEmpty else { throw .damaged }
        body.copy(chunk.range)
        break
      }
      if place == .inImageData, chunk.type != "IDAT" { place = .afterImageData }
      try take(chunk, header)
    }
    guard imageDataCount > 0 else { throw .damaged }
    try animation?.finish()
    // Decoders look for it before the image data, wherever it was.
    if let orientation { pieces.make(PNGChunk.made("eXIf", orientation.tiff)) }
    pieces.append(body)
    return ImageFile(
      .png, size: header.size.shown(by: orientation), isAnimated: (animation?.frames ?? 0) > 1, pieces: pieces
    )
  }

  private mutating func take(_ chunk: PNGChunk, _ header: PNGHeader) throws(ImageFile.Refusal) {
    let data = ByteReader(bytes, in: chunk.data)
    switch chunk.type {
    case "IDAT":
      try takeImageData(chunk, header)
    case "PLTE":
      guard place == .beforeImageData, once.insert(chunk.type).inserted, chunk.data.count.isMultiple(of: 3),
        (1...256).contains(chunk.data.count / 3)
      else { throw .damaged }
      // Without colour there is no use for it; decoders pass over it.
      if header.colour != .grey, header.colour != .greyAlpha { body.copy(chunk.range) }
    case "eXIf":
      if once.insert(chunk.type).inserted { orientation = Orientation(exif: bytes, in: chunk.data) }
    case "acTL" where place == .beforeImageData:
      guard animation == nil else { throw .damaged }
      animation = try PNGAnimation(data, canvas: header.size)
      body.copy(chunk.range)
      if let frame = earlyFrame { try take(frame, header) }
    case "fcTL" where animation == nil && place == .beforeImageData:
      earlyFrame = chunk
    case "fcTL" where animation != nil:
      try animation?.begin(data, beforeImageData: place == .beforeImageData)
      body.copy(chunk.range)
    case "fdAT" where animation != nil:
      try animation?.addFrameData(data)
      body.copy(chunk.range)
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

  private mutating func takeImageData(_ chunk: PNGChunk, _ header: PNGHeader) throws(ImageFile.Refusal) {
    guard place != .afterImageData, header.colour != .palette || once.contains("PLTE") else { throw .damaged }
    place = .inImageData
    imageDataCount += chunk.data.count
    animation?.addImageData()
    body.copy(chunk.range)
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
    let profile = nameEnd + 1..<chunk.data.upperBound
    let typeAndName = PNGChunk.bigEndian(chunk.type.code) + Self.profileName
    var checksum = CRC32()
    checksum.add(typeAndName, in: typeAndName.indices)
    checksum.add(bytes, in: profile)
    body.make(PNGChunk.bigEndian(Self.profileName.count + profile.count) + typeAndName)
    body.copy(profile)
    body.make(PNGChunk.bigEndian(Int(checksum.value)))
  }
}
