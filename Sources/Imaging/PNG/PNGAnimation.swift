/// The order of an animation's chunks (PNG, third edition, section 4.9 and 11.3.6): one fcTL for each frame,
/// then its data in IDAT (only the first frame's) or fdAT; fcTL and fdAT numbered from 0 without a gap.
///
/// It may end early: with a frame that has not all of its data, or after fewer frames than were announced.
struct PNGAnimation {
  private let announced: Int
  private let plays: Int
  private let canvas: PixelSize
  private var begun = 0
  private var sequence = 0
  /// Whether the frame that was begun last has data.
  private(set) var frameHasData = true
  /// Whether that frame has its data in fdAT.
  private var isInFrameData = false
  /// Whether no more frames are taken.
  private(set) var isOver = false

  /// How many frames there are, with their data.
  var frames: Int { frameHasData ? begun : begun - 1 }

  /// acTL, as it is then.
  var control: [UInt8] {
    PNGChunk.made("acTL", PNGChunk.bigEndian(frames) + PNGChunk.bigEndian(plays))
  }

  /// - Parameter control: the data of acTL.
  init(_ control: ByteReader, canvas: PixelSize) throws(ImageFile.Refusal) {
    var reader = control
    announced = try reader.integer(4, .big)
    plays = try reader.integer(4, .big)
    guard announced > 0, reader.isAtEnd else { throw .damaged }
    try canvas.checkAnimation(of: announced)
    self.canvas = canvas
  }

  /// fcTL, unless it is one more than was announced.
  mutating func begin(_ frame: ByteReader, beforeImageData: Bool) throws(ImageFile.Refusal) {
    guard begun < announced else {
      isOver = true
      return
    }
    var reader = frame
    try count(&reader)
    let width = try reader.integer(4, .big)
    let height = try reader.integer(4, .big)
    let x = try reader.integer(4, .big)
    let y = try reader.integer(4, .big)
    try canvas.checkFrame(x: x, y: y, width: width, height: height)
    try reader.take(4)
    let disposal = try reader.byte()
    let blending = try reader.byte()
    guard disposal < 3, blending < 2, reader.isAtEnd, frameHasData else { throw .damaged }
    if beforeImageData {
      guard width == canvas.width, height == canvas.height else { throw .damaged }
    }
    begun += 1
    frameHasData = false
    isInFrameData = !beforeImageData
  }

  /// IDAT: the first frame, or a picture that is not of the animation.
  mutating func addImageData() {
    frameHasData = true
  }

  /// fdAT.
  mutating func addFrameData(_ data: ByteReader) throws(ImageFile.Refusal) {
    var reader = data
    try count(&reader)
    guard isInFrameData else { throw .damaged }
    frameHasData = true
  }

  /// An fcTL or fdAT is spoiled: it ends before that frame.
  mutating func cut(inData: Bool) {
    isOver = true
    if inData, isInFrameData { frameHasData = false }
  }

  private mutating func count(_ reader: inout ByteReader) throws(ImageFile.Refusal) {
    guard try reader.integer(4, .big) == sequence else { throw .damaged }
    sequence += 1
  }
}
