import NIOCore

/// What a ``MultipartParser`` found. For each part, in order: `part`, any number of `data`, `partEnd`.
public enum MultipartEvent: Sendable {
  /// A part begins.
  case part(PartHeader)
  /// The next bytes of the part, never none. They share the memory of the chunk that was fed.
  case data(ByteBuffer)
  /// The part is whole. The body is so only when ``MultipartParser/finish()`` says it.
  case partEnd
}
