import NIOCore

/// One event of a `text/event-stream` (WHATWG HTML, section 9.2), encoded once for all who receive it.
public struct ServerSentEvent: Sendable {
  /// The durable event's number; passing events have none.
  public let id: Int64?
  public let bytes: ByteBuffer
  /// The same as a chunk of HTTP/1.1 (RFC 9112, section 7.1), in the same memory.
  let chunk: ByteBuffer

  /// - Parameters:
  ///   - name: the event's type; nil for the default one.
  ///   - data: any text. Each of its lines, whatever ends it, becomes a `data:` line.
  public init(id: Int64? = nil, name: String? = nil, data: String) {
    self.init(id: id, capacity: data.utf8.count + 64) { bytes in
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
    }
  }

  /// How long the browser waits before it comes back, in milliseconds.
  public static func retry(milliseconds: Int) -> ServerSentEvent {
    ServerSentEvent(id: nil, capacity: 32) { $0.writeString("retry: \(milliseconds)\n\n") }
  }

  /// The same in memory of its own: threads that count references to one buffer hold each other up.
  func copied() -> ServerSentEvent { ServerSentEvent(copying: self) }

  private init(copying event: ServerSentEvent) {
    id = event.id
    chunk = ByteBuffer(bytes: event.chunk.readableBytesView)
    var inner = chunk
    inner.moveReaderIndex(forwardBy: event.bytes.readerIndex - event.chunk.readerIndex)
    inner.moveWriterIndex(to: inner.readerIndex + event.bytes.readableBytes)
    bytes = inner
  }

  /// Room for the length, which is known last.
  private static let lengthBytes = "ffffffff\r\n".utf8.count

  private init(id: Int64?, capacity: Int, _ write: (inout ByteBuffer) -> Void) {
    var buffer = ByteBuffer()
    buffer.reserveCapacity(Self.lengthBytes + capacity + 2)
    buffer.writeRepeatingByte(0, count: Self.lengthBytes)
    write(&buffer)
    let end = buffer.writerIndex
    let length = String(end - Self.lengthBytes, radix: 16) + "\r\n"
    let start = Self.lengthBytes - length.utf8.count
    buffer.setString(length, at: start)
    buffer.writeString("\r\n")
    buffer.moveReaderIndex(to: start)
    chunk = buffer
    buffer.moveReaderIndex(to: Self.lengthBytes)
    buffer.moveWriterIndex(to: end)
    bytes = buffer
    self.id = id
  }
}
