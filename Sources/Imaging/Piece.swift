extension ImageFile {
  /// A part of the stored file.
  public enum Piece: Sendable, Equatable {
    /// These bytes of the uploaded file.
    case copied(Range<Int>)
    /// Bytes that the uploaded file does not have like this.
    case made([UInt8])

    /// The length in bytes.
    public var count: Int {
      switch self {
      case .copied(let range): range.count
      case .made(let bytes): bytes.count
      }
    }
  }
}
