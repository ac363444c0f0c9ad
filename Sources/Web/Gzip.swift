import CZlib
import NIOCore

/// The gzip file format (RFC 1952) by zlib.
enum Gzip {
  /// From 1, quick, to 9, small.
  enum Level: CInt {
    /// For what is compressed while somebody waits.
    case quick = 5
    /// For what is compressed once.
    case best = 9
  }

  /// - Returns: nil when zlib has no memory left.
  static func compressed(_ bytes: ByteBuffer, _ level: Level) -> ByteBuffer? {
    var stream = z_stream()
    // 15 bits of window, and 16 asks for a gzip header.
    guard
      deflateInit2_(
        &stream, level.rawValue, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY, ZLIB_VERSION,
        CInt(MemoryLayout<z_stream>.size)) == Z_OK
    else { return nil }
    defer { deflateEnd(&stream) }
    let bound = Int(deflateBound(&stream, uLong(bytes.readableBytes)))
    var output = ByteBuffer()
    let result = bytes.withUnsafeReadableBytes { input -> CInt in
      stream.next_in = UnsafeMutablePointer(mutating: input.bindMemory(to: UInt8.self).baseAddress)
      stream.avail_in = uInt(input.count)
      var result = Z_OK
      output.writeWithUnsafeMutableBytes(minimumWritableBytes: bound) { room in
        stream.next_out = room.bindMemory(to: UInt8.self).baseAddress
        stream.avail_out = uInt(room.count)
        result = deflate(&stream, Z_FINISH)
        return Int(stream.total_out)
      }
      return result
    }
    return result == Z_STREAM_END ? output : nil
  }
}
