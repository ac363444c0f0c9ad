/// Reads a GIF file (GIF87a, GIF89a): from its header to the trailer, which must be there.
///
/// Stored are the screen, the images with their graphic controls, the loop count and the colour profile.
struct GIFParser {
  private let bytes: [UInt8]
  private var reader: ByteReader
  private var pieces: PieceList
  private var images = 0
  /// A graphic control extension, which belongs to the image or the plain text that comes next (section 23).
  private var control: Range<Int>?

  init(_ bytes: [UInt8]) {
    self.bytes = bytes
    reader = ByteReader(bytes)
    pieces = PieceList(of: bytes)
  }

  mutating func parse() throws(ImageFile.Refusal) -> ImageFile {
    try reader.take(6)
    let width = try reader.integer(2, .little)
    let height = try reader.integer(2, .little)
    let flags = try reader.byte()
    try reader.take(2)
    try reader.passColourTable(flags)
    let screen = try PixelSize(width, height)
    pieces.copy(0..<reader.position)
    while true {
      let start = reader.position
      switch try reader.byte() {
      case 0x2C: try takeImage(on: screen, from: start)
      case 0x21: try takeExtension(from: start)
      case 0x3B:
        guard images > 0 else { throw .damaged }
        pieces.copy(start..<reader.position)
        return ImageFile(.gif, size: screen, isAnimated: images > 1, pieces: pieces)
      default: throw .damaged
      }
    }
  }

  /// An image descriptor, its colour table, and its data (sections 20 to 22).
  private mutating func takeImage(on screen: PixelSize, from start: Int) throws(ImageFile.Refusal) {
    images += 1
    try screen.checkAnimation(of: images)
    let x = try reader.integer(2, .little)
    let y = try reader.integer(2, .little)
    let width = try reader.integer(2, .little)
    let height = try reader.integer(2, .little)
    try screen.checkFrame(x: x, y: y, width: width, height: height)
    try reader.passColourTable(reader.byte())
    let codeSize = try reader.byte()
    guard (1...11).contains(codeSize), try reader.passSubBlocks() > 0 else { throw .damaged }
    if let control { pieces.copy(control) }
    control = nil
    pieces.copy(start..<reader.position)
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
        if bytes[range].elementsEqual(made) { pieces.copy(range) } else { pieces.make(made) }
      case .colourProfile: pieces.copy(start..<reader.position)
      case .other: break
      }
    default:
      // Plain text takes the graphic control before it along; comments and what is unknown do not.
      if label == 0x01 { control = nil }
      try reader.passSubBlocks()
    }
  }
}
