/// Reads a JPEG file (ITU T.81, annex B; ITU T.871; Exif 2.32, section 4.5): from its first marker to EOI. If
/// its last bytes are missing, browsers show what there is: so it is taken, and stored with an end.
///
/// Stored are the frame, its tables and scans, JFIF without its thumbnail, Adobe's colour transform, the
/// colour profile and, of Exif, the orientation.
struct JPEGParser {
  private let bytes: [UInt8]
  private var reader: ByteReader
  private var body: PieceList
  private var jfif: [UInt8]?
  private var hasExif = false
  private var orientation: Orientation?
  private var frame: JPEGFrame?
  private var tables: Set<UInt8> = []
  private var hasScan = false
  private var bytesOfPixels = 0
  private var isWhole = false

  init(_ bytes: [UInt8]) {
    self.bytes = bytes
    reader = ByteReader(bytes)
    body = PieceList(of: bytes)
  }

  mutating func parse() throws(ImageFile.Refusal) -> ImageFile {
    let start = try reader.take(2)
    while let segment = try nextSegment() { try take(segment) }
    guard let frame, bytesOfPixels >= (isWhole ? 1 : frame.size.leastBytes) else { throw .damaged }
    var pieces = PieceList(of: bytes)
    pieces.copy(start)
    if let jfif { pieces.make(JPEGSegment.application(0, jfif)) }
    if let orientation { pieces.make(JPEGSegment.application(1, "Exif\0\0".utf8 + orientation.tiff)) }
    pieces.append(body)
    return ImageFile(.jpeg, size: frame.size.shown(by: orientation), pieces: pieces)
  }

  /// Nil at the end of the picture, which is stored.
  private mutating func nextSegment() throws(ImageFile.Refusal) -> JPEGSegment? {
    do throws(ImageFile.Refusal) {
      let segment = try JPEGSegment(from: &reader)
      guard case .end = segment.marker else { return segment }
      body.copy(segment.range)
      isWhole = true
    } catch {
      guard hasScan, reader.hasRunOut else { throw error }
      body.make([0xFF, 0xD9])
    }
    return nil
  }

  private mutating func take(_ segment: JPEGSegment) throws(ImageFile.Refusal) {
    let payload = ByteReader(bytes, in: segment.payload)
    switch segment.marker {
    case .frame:
      guard frame == nil else { throw .damaged }
      frame = try JPEGFrame(payload)
    case .scan:
      guard let frame else { throw .damaged }
      try JPEGTables.checkScan(payload, of: frame, tables: tables)
      hasScan = true
      body.copy(segment.range)
      let data = entropyCodedData()
      bytesOfPixels += data.count
      body.copy(data)
      return
    case .huffmanTables: try JPEGTables.checkHuffman(payload)
    case .quantizationTables: tables.formUnion(try JPEGTables.checkQuantization(payload))
    case .arithmeticConditioning:
      // Nothing is conditioned by it.
      try JPEGTables.checkConditioning(payload)
      return
    case .restartInterval: guard segment.payload.count == 2 else { throw .damaged }
    case .application(let number):
      takeApplication(number, segment)
      return
    // The number of lines is the frame's, whatever is said later.
    case .comment, .numberOfLines, .alone, .end: return
    case .startOfImage, .reserved: throw .damaged
    case .unsupported: throw .unusual
    }
    body.copy(segment.range)
  }

  private mutating func takeApplication(_ number: UInt8, _ segment: JPEGSegment) {
    // Decoders have made up their mind by then.
    guard !hasScan else { return }
    switch JPEGApplicationData(number, bytes, in: segment.payload) {
    case .jfif(let payload): jfif = jfif ?? payload
    case .exif(let found):
      if !hasExif { orientation = found }
      hasExif = true
    case .adobe(let payload):
      if payload.count == segment.payload.count {
        body.copy(segment.range)
      } else {
        body.make(JPEGSegment.application(number, payload))
      }
    case .colourProfile: body.copy(segment.range)
    case nil: break
    }
  }

  /// Passes over a scan's data to the next marker, or to the end of the file: in them 0xFF is followed by 0 (a
  /// stuffed byte) or is a restart marker (ITU T.81, B.1.1.5). Fill bytes may come before either.
  private mutating func entropyCodedData() -> Range<Int> {
    let start = reader.position
    while (try? reader.seekFF()) != nil {
      let end = reader.position
      var next = reader
      var code: UInt8?
      repeat { code = try? next.byte() } while code == 0xFF
      guard let code, code == 0 || (0xD0...0xD7).contains(code) else { return start..<end }
      reader = next
    }
    return start..<reader.end
  }
}
