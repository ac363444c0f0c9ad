/// Reads a JPEG file (ITU T.81, annex B; ITU T.871; Exif 2.32, section 4.5): from its first marker to EOI.
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
  private var hasScan = false

  init(_ bytes: [UInt8]) {
    self.bytes = bytes
    reader = ByteReader(bytes)
    body = PieceList(of: bytes)
  }

  mutating func parse() throws(ImageFile.Refusal) -> ImageFile {
    let start = try reader.take(2)
    while true {
      let segment = try JPEGSegment(from: &reader)
      if case .end = segment.marker {
        body.copy(segment.range)
        break
      }
      try take(segment)
    }
    guard let frame, hasScan else { throw .damaged }
    var pieces = PieceList(of: bytes)
    pieces.copy(start)
    if let jfif { pieces.make(JPEGSegment.application(0, jfif)) }
    if let orientation { pieces.make(JPEGSegment.application(1, "Exif\0\0".utf8 + orientation.tiff)) }
    pieces.append(body)
    return ImageFile(.jpeg, size: frame.size.shown(by: orientation), pieces: pieces)
  }

  private mutating func take(_ segment: JPEGSegment) throws(ImageFile.Refusal) {
    let payload = ByteReader(bytes, in: segment.payload)
    switch segment.marker {
    case .frame:
      guard frame == nil else { throw .damaged }
      frame = try JPEGFrame(payload)
    case .scan:
      guard let frame else { throw .damaged }
      try JPEGTables.checkScan(payload, of: frame)
      hasScan = true
      body.copy(segment.range)
      body.copy(try entropyCodedData())
      return
    case .huffmanTables: try JPEGTables.checkHuffman(payload)
    case .quantizationTables: try JPEGTables.checkQuantization(payload)
    case .arithmeticConditioning: try JPEGTables.checkConditioning(payload)
    case .restartInterval: guard segment.payload.count == 2 else { throw .damaged }
    case .numberOfLines:
      // Only allowed to repeat what the frame says.
      var lines = payload
      guard hasScan, segment.payload.count == 2, try lines.integer(2, .big) == frame?.size.height else {
        throw .damaged
      }
    case .application(let number):
      takeApplication(number, segment)
      return
    case .comment, .alone, .end: return
    case .startOfImage, .reserved: throw .damaged
    case .unsupported: throw .unknownFormat
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

  /// Passes over a scan's data to the next marker: in them 0xFF is followed by 0 (a stuffed byte) or is a
  /// restart marker (ITU T.81, B.1.1.5). Fill bytes may come before either.
  private mutating func entropyCodedData() throws(ImageFile.Refusal) -> Range<Int> {
    let start = reader.position
    while true {
      try reader.seekFF()
      let end = reader.position
      var next = reader
      var code: UInt8
      repeat { code = try next.byte() } while code == 0xFF
      guard code == 0 || (0xD0...0xD7).contains(code) else { return start..<end }
      reader = next
    }
  }
}
