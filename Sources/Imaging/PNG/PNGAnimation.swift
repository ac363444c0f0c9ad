/// The order of an animation's chunks (PNG, third edition, section 4.9 and 11.3.6): one fcTL for each frame,
/// then its data in IDAT (only the first frame's) or fdAT; fcTL and fdAT numbered from 0 without a gap.
struct PNGAnimation {
  /// As acTL says; at least 1.
  let frames: Int
  private let canvas: PixelSize
  private var begun = 0
  private var sequence = 0
  private var frameHasData = true
  /// Whether the frame that was begun last has its data in fdAT.
  private var isInFrameData = false

  /// - Parameter control: the data of acTL.
  init(_ control: ByteReader, canvas: PixelSize) throws(ImageFile.Refusal) {
    var reader = control
    frames = try reader.integer(4, .big)
    try reader.take(4)
    guard frames > 0, reader.isAtEnd else { throw .damaged }
    try canvas.checkAnimation(of: frames)
    self.canvas = canvas
  }

  /// fcTL.
  mutating func begin(_ frame: ByteReader, beforeImageData: Bool) throws(ImageFile.Refusal) {
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
    guard disposal < 3, blending < 2, reader.isAtEnd, frameHasData, begun < frames else { throw .damaged }
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

  func finish() throws(ImageFile.Refusal) {
    guard begun == frames, frameHasData else { throw .damaged }
  }

  private mutating func count(_ reader: inout ByteReader) throws(ImageFile.Refusal) {
    guard try reader.integer(4, .big) == sequence else { throw .damaged }
    sequence += 1
  }
}
