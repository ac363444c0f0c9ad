/// The stored file as it grows, from the left to the right.
///
/// Ranges that touch are joined, and short ranges are copied into made pieces: whatever the upload looks
/// like, there are at most two pieces for each ``shortest`` bytes of it.
struct PieceList {
  /// The least number of bytes for which a range is worth a piece of its own.
  static let shortest = 4_096

  private let bytes: [UInt8]
  private var pieces: [ImageFile.Piece] = []
  private var pending: Range<Int>?
  private var made: [UInt8] = []
  /// How many bytes there are so far.
  private(set) var count = 0

  /// - Parameter bytes: the uploaded file.
  init(of bytes: [UInt8]) {
    self.bytes = bytes
  }

  /// Adds bytes of the upload. The range must lie in it, as all do that a ``ByteReader`` gives.
  mutating func copy(_ range: Range<Int>) {
    count += range.count
    if let before = pending, before.upperBound == range.lowerBound {
      pending = before.lowerBound..<range.upperBound
    } else {
      settle()
      pending = range
    }
  }

  mutating func make(_ more: [UInt8]) {
    settle()
    made += more
    count += more.count
  }

  mutating func append(_ other: PieceList) {
    for piece in other.finished() {
      switch piece {
      case .copied(let range): copy(range)
      case .made(let bytes): make(bytes)
      }
    }
  }

  func finished() -> [ImageFile.Piece] {
    var copy = self
    copy.settle()
    copy.closeMade()
    return copy.pieces
  }

  private mutating func settle() {
    guard let range = pending else { return }
    pending = nil
    if range.count < Self.shortest {
      made += bytes[range]
    } else {
      closeMade()
      pieces.append(.copied(range))
    }
  }

  private mutating func closeMade() {
    guard !made.isEmpty else { return }
    pieces.append(.made(made))
    made = []
  }
}
