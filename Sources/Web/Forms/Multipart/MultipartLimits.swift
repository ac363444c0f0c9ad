/// What a ``MultipartParser`` takes at most. Bytes of parts and of the whole body are the caller's to count.
public struct MultipartLimits: Sendable {
  /// The most parts in a body.
  public var parts: Int
  /// The most bytes in the header of one part, line ends and the empty line counted.
  public var headerBytes: Int
  /// The most fields in the header of one part.
  public var headerFields: Int
  /// The most bytes before the first delimiter. After the last one there is no limit: they are not kept.
  public var preambleBytes: Int

  public init(parts: Int, headerBytes: Int = 8_192, headerFields: Int = 16, preambleBytes: Int = 8_192) {
    self.parts = parts
    self.headerBytes = headerBytes
    self.headerFields = headerFields
    self.preambleBytes = preambleBytes
  }
}
