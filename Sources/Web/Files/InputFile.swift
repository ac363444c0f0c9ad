import Foundation
import NIOCore

/// An open file that is read at any place. Every function blocks.
public final class InputFile: Sendable {
  private let descriptor: CInt

  /// - Returns: nil where there is no plain file of that many bytes.
  public init?(path: String, bytes: Int) {
    descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW)
    var status = stat()
    guard descriptor >= 0, fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG,
      status.st_size == bytes
    else { return nil }
  }

  deinit { if descriptor >= 0 { close(descriptor) } }

  /// - Throws: ``StorageFailure``, also where the file has become shorter.
  public func read(at start: Int, count: Int) throws -> ByteBuffer {
    var buffer = ByteBuffer()
    while buffer.readableBytes < count {
      let place = start + buffer.readableBytes
      let left = count - buffer.readableBytes
      var failure: CInt?
      buffer.writeWithUnsafeMutableBytes(minimumWritableBytes: left) { room in
        let got = pread(descriptor, room.baseAddress, left, off_t(place))
        if got < 0, errno == EINTR { return 0 }
        if got <= 0 { failure = got < 0 ? errno : EIO }
        return max(0, got)
      }
      if let failure { throw StorageFailure(code: failure) }
    }
    return buffer
  }
}
