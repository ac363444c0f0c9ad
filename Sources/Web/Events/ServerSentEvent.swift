import NIOCore

/// One event of a `text/event-stream` (WHATWG HTML, section 9.2), encoded once for all who receive it.
public struct ServerSentEvent: Sendable {
  /// The durable event's number; passing events have none.
  public let id: Int64?
  public let bytes: ByteBuffer
  /// The same as a chunk of HTTP/1.1 (RFC 9112, section 7.1).
  let chunk: ByteBuffer

  /// - Parameters:
  ///   - name: the event's type; nil for the default one.
  ///   - data: any text. Each of its lines, whatever ends it, becomes a `data:` line.
  public init(id: Int64? = nil, name: String? = nil, data: String) {
    self.id = id
    var bytes = ByteBuffer()
    bytes.reserveCapacity(data.utf8.count + 64)
    if let id { bytes.writeString("id: \(id)\n") }
    if let name { bytes.writeString("event: \(name)\n") }
    bytes.writeString("data: ")
    var afterReturn = false
    for byte in data.utf8 {
      switch byte {
      case UInt8(ascii: "\r"): bytes.writeString("\ndata: ")
      case UInt8(ascii: "\n"): if !afterReturn { bytes.writeString("\ndata: ") }
      default: bytes.writeInteger(byte)
      }
      afterReturn = byte == UInt8(ascii: "\r")
    }
    bytes.writeString("\n\n")
    self.bytes = bytes
    chunk = Self.chunk(of: bytes)
  }

  /// How long the browser waits before it comes back, in milliseconds.
  public static func retry(milliseconds: Int) -> ServerSentEvent {
    ServerSentEvent(bytes: ByteBuffer(string: "retry: \(milliseconds)\n\n"))
  }

  private init(bytes: ByteBuffer) {
    id = nil
    self.bytes = bytes
    chunk = Self.chunk(of: bytes)
  }

  private static func chunk(of bytes: ByteBuffer) -> ByteBuffer {
    var chunk = ByteBuffer()
    chunk.reserveCapacity(bytes.readableBytes + 16)
    chunk.writeString(String(bytes.readableBytes, radix: 16) + "\r\n")
    chunk.writeImmutableBuffer(bytes)
    chunk.writeString("\r\n")
    return chunk
  }
}
