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
    try buffer.writeWithUnsafeMutableBytes(minimumWritableBytes: count) { room in
      try fill(UnsafeMutableRawBufferPointer(rebasing: room.prefix(count)), from: start)
      return count
    }
    return buffer
  }

  /// The first bytes, as an array.
  /// - Throws: ``StorageFailure``, also where the file has become shorter.
  public func bytes(_ count: Int) throws -> [UInt8] {
    try Array(unsafeUninitializedCapacity: count) { room, filled in
      try fill(
        UnsafeMutableRawBufferPointer(UnsafeMutableBufferPointer(rebasing: room.prefix(count))), from: 0)
      filled = count
    }
  }

  private func fill(_ room: UnsafeMutableRawBufferPointer, from start: Int) throws(StorageFailure) {
    var done = 0
    while done < room.count {
      let rest = UnsafeMutableRawBufferPointer(rebasing: room.dropFirst(done))
      let got = pread(descriptor, rest.baseAddress, rest.count, off_t(start + done))
      if got < 0, errno == EINTR { continue }
      guard got > 0 else { throw StorageFailure(code: got < 0 ? errno : EIO) }
      done += got
    }
  }
}
