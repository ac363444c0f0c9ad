/// What an uploaded file is, and how to store it: the same picture, not recompressed, without its metadata.
///
/// Cameras and editors write places, names, times, comments and small copies of a picture beside it. None of
/// that is stored; the pixels, the colour profile and the turn that an Exif orientation asks for are. The
/// container is read to its end, and whatever follows that end is left out as well.
///
/// Taken is what Chromium, Firefox and WebKit all show; a test tries a table of files in them. A JPEG or GIF
/// whose last bytes are missing they show as far as it goes, and a PNG that has all of its pixels: these are
/// taken and stored with an end, since WebKit shows what has none only once.
///
/// What is compressed is not decompressed: a picture whose container is sound and whose pixel data are
/// damaged is accepted.
public struct ImageFile: Sendable, Equatable {
  /// The most pixels of a picture that does not move.
  public static let maximumPixels = 50_000_000

  /// The most pixels of an animation's canvas. A browser holds several canvases of an animation at once, so
  /// that one of this size costs it about as much as a still of ``maximumPixels``.
  public static let maximumAnimationCanvasPixels = 16_000_000

  /// The most pixels of an animation: those of its canvas times the number of its frames. A frame may take
  /// few bytes of a file, and yet be as large as the canvas once it is decoded: a GIF of 4.6 KB cost a
  /// reader's browser 643 MB.
  public static let maximumAnimationPixels = 200_000_000

  public let format: Format

  /// The size in pixels as the picture is shown, that is after its orientation has been obeyed.
  public let width: Int
  public let height: Int

  /// The area of the picture or of an animation's canvas, at most ``maximumPixels``.
  public var pixels: Int { width * height }

  /// Whether there is more than one frame.
  public let isAnimated: Bool

  /// The stored file, in order.
  public let pieces: [Piece]

  /// Reads a whole file. Time is linear in its length; nothing of it is kept.
  /// - Throws: ``Refusal`` when it is no picture that browsers show, or is too large.
  public init(_ bytes: [UInt8]) throws(Refusal) {
    switch Format(signatureOf: bytes) {
    case .jpeg:
      var parser = JPEGParser(bytes)
      self = try parser.parse()
    case .png:
      var parser = PNGParser(bytes)
      self = try parser.parse()
    case .gif:
      var parser = GIFParser(bytes)
      self = try parser.parse()
    case .webp:
      var parser = try WebPParser(bytes)
      self = try parser.parse()
    case nil:
      throw .unknownFormat
    }
  }

  init(_ format: Format, size: PixelSize, isAnimated: Bool = false, pieces: PieceList) {
    self.format = format
    width = size.width
    height = size.height
    self.isAnimated = isAnimated
    self.pieces = pieces.finished()
  }

  /// The length of the stored file in bytes.
  public var storedCount: Int {
    pieces.reduce(0) { $0 + $1.count }
  }

  /// Whether nothing was left out and nothing added.
  /// - Parameter original: the bytes that this was read from.
  public func isStored(as original: [UInt8]) -> Bool {
    pieces.count == 1 && pieces.first == .copied(0..<original.count)
  }

  /// The stored file as a whole.
  /// - Parameter original: the bytes that this was read from.
  public func stored(from original: [UInt8]) -> [UInt8] {
    var stored: [UInt8] = []
    stored.reserveCapacity(storedCount)
    for piece in pieces {
      switch piece {
      case .copied(let range): stored += original[range.clamped(to: original.indices)]
      case .made(let bytes): stored += bytes
      }
    }
    return stored
  }
}
