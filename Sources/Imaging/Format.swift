extension ImageFile {
  /// The kinds of picture that are taken in: those that every browser shows.
  public enum Format: String, Sendable, CaseIterable {
    case jpeg, png, gif, webp

    /// For `Content-Type` (IANA's registry of media types).
    public var mediaType: String { "image/" + rawValue }

    /// The usual end of a file name, without the dot.
    public var fileExtension: String { self == .jpeg ? "jpg" : rawValue }

    /// What the first bytes of a file promise; nil when they promise none of these.
    init?(signatureOf bytes: [UInt8]) {
      if bytes.starts(with: [0xFF, 0xD8, 0xFF]) {
        self = .jpeg
      } else if bytes.starts(with: PNGParser.signature) {
        self = .png
      } else if bytes.starts(with: "GIF87a".utf8) || bytes.starts(with: "GIF89a".utf8) {
        self = .gif
      } else if bytes.starts(with: "RIFF".utf8), bytes.dropFirst(8).starts(with: "WEBP".utf8) {
        self = .webp
      } else {
        return nil
      }
    }
  }
}
