/// Reads a GIF file (GIF87a, GIF89a): from its header to the trailer, or to whatever else comes behind an image.
///
/// Stored are the screen, the images with their graphic controls, the loop count and the colour profile. The
/// screen is of the size in which browsers show it, and the version is 89a: in a GIF87a some browsers take the
/// first image's size for the screen's.
struct GIFParser {
  private let bytes: [UInt8]
  private var reader: ByteReader
  private var body: PieceList
  /// As the header has it. It may be empty.
  private var screen = (width: 0, height: 0)
  private var hasColours = false
  /// Known from the first image on.
  private var canvas: PixelSize?
  private var images = 0
  /// A graphic control extension, which belongs to the image or the plain text that comes next (section 23).
  private var control: Range<Int>?

  init(_ bytes: [UInt8]) {
    self.bytes = bytes
    reader = ByteReader(bytes)
    body = PieceList(of: bytes)
  }

  mutating func parse() throws(ImageFile.Refusal) -> ImageFile {
    try reader.take(6)
    screen = (try reader.integer(2, .little), try reader.integer(2, .little))
    let sizeEnd = reader.position
    let flags = try reader.byte()
    hasColours = flags & 0x80 != 0
    try reader.take(2)
    try reader.passColourTable(flags)
    let headerEnd = reader.position
    var trailer: Range<Int>?
    repeat { trailer = try nextBlock() } while trailer == nil
    guard let canvas, let trailer, images > 0 else { throw .damaged }

    var pieces = PieceList(of: bytes)
    let head: [UInt8] = "GIF89a".utf8 + Self.little(canvas.width) + Self.little(canvas.height)
    if bytes[..<sizeEnd].elementsEqual(head) { pieces.copy(0..<sizeEnd) } else { pieces.make(head) }
    pieces.copy(sizeEnd..<headerEnd)
    pieces.append(body)
    if trailer.isEmpty { pieces.make([0x3B]) } else { pieces.copy(trailer) }
    return ImageFile(.gif, size: canvas, isAnimated: images > 1, pieces: pieces)
  }

  private static func little(_ number: Int) -> [UInt8] {
    [UInt8(truncatingIfNeeded: number), UInt8(truncatingIfNeeded: number >> 8)]
  }

  /// - Returns: the trailer, empty where it is missing; nil if other blocks may follow.
  private mutating func nextBlock() throws(ImageFile.Refusal) -> Range<Int>? {
    let start = reader.position
    do throws(ImageFile.Refusal) {
      switch try reader.byte() {
      case 0x2C: try takeImage(from: start)
      case 0x21: try takeExtension(from: start)
      case 0x3B: return start..<reader.position
      default: throw .damaged
      }
      return nil
    } catch {
      // Browsers show the images before.
      guard images > 0, error == .damaged else { throw error }
      return start..<start
    }
  }

  /// An image descriptor, its colour table, and its data (sections 20 to 22).
  private mutating func takeImage(from start: Int) throws(ImageFile.Refusal) {
    // Asked before anything of it is read.
    try canvas?.checkAnimation(of: images + 1)
    let place = (x: try reader.integer(2, .little), y: try reader.integer(2, .little))
    let size = try PixelSize(reader.integer(2, .little), reader.integer(2, .little))
    if canvas != nil {
      // It may be larger than the screen; browsers cut it off.
      try size.checkAnimation(of: images + 1)
    } else {
      canvas = try canvas(for: size, at: place)
    }
    let flags = try reader.byte()
    guard hasColours || flags & 0x80 != 0 else { throw .damaged }
    try reader.passColourTable(flags)
    guard (2...8).contains(try reader.byte()) else { throw .damaged }
    var data = PieceList(of: bytes)
    data.copy(start..<reader.position)
    try takeImageData(of: size, into: &data)
    if let control { body.copy(control) }
    control = nil
    body.append(data)
    images += 1
  }

  /// The first image is shown whole if it covers the screen, however small that is, and else lies within it.
  private func canvas(
    for size: PixelSize, at place: (x: Int, y: Int)
  ) throws(ImageFile.Refusal) -> PixelSize {
    if place == (0, 0), size.width >= screen.width, size.height >= screen.height { return size }
    let canvas = try PixelSize(screen.width, screen.height)
    try canvas.checkFrame(x: place.x, y: place.y, width: size.width, height: size.height)
    return canvas
  }

  /// Of the first image as much as there is, if the file ends in it; a later one must be whole.
  private mutating func takeImageData(
    of size: PixelSize, into pieces: inout PieceList
  ) throws(ImageFile.Refusal) {
    let start = reader.position
    var end = start
    do throws(ImageFile.Refusal) {
      while try reader.subBlock() != nil { end = reader.position }
      guard end > start else { throw .damaged }
      pieces.copy(start..<reader.position)
    } catch {
      guard images == 0, reader.hasRunOut, reader.end - start >= size.leastBytes else { throw error }
      pieces.copy(start..<end)
      // The last sub-block without its length, which was more.
      let rest = min(end + 1, reader.end)..<reader.end
      if !rest.isEmpty {
        pieces.make([UInt8(clamping: rest.count)])
        pieces.copy(rest)
      }
      pieces.make([0])
      try reader.take(reader.end - reader.position)
    }
  }

  private mutating func takeExtension(from start: Int) throws(ImageFile.Refusal) {
    let label = try reader.byte()
    guard let header = try reader.subBlock() else { return }
    switch label {
    case 0xF9:
      guard header.count == 4, try reader.passSubBlocks() == 0 else { throw .damaged }
      control = start..<reader.position
    case 0xFF:
      let application = try GIFApplication(bytes[header], from: &reader)
      switch application {
      case .loop(let made):
        let range = start..<reader.position
        if bytes[range].elementsEqual(made) { body.copy(range) } else { body.make(made) }
      case .colourProfile: body.copy(start..<reader.position)
      case .other: break
      }
    default:
      // Plain text takes the graphic control before it along; comments and what is unknown do not.
      if label == 0x01 { control = nil }
      try reader.passSubBlocks()
    }
  }
}
