import Foundation

/// The disk did not take something: it is full, broken or read-only.
public struct StorageFailure: Error {
  /// errno(3).
  public let code: CInt

  public init(code: CInt) { self.code = code }
}

/// A new file that is written from its start and that only its owner can read. Every function blocks.
public final class OutputFile: Sendable {
  public let url: URL
  private let descriptor: CInt

  /// - Throws: ``StorageFailure``, also when there is a file already.
  public init(creating url: URL) throws(StorageFailure) {
    self.url = url
    descriptor = open(url.path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw StorageFailure(code: errno) }
  }

  deinit { close(descriptor) }

  public func write(_ bytes: UnsafeRawBufferPointer) throws(StorageFailure) {
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = Foundation.write(descriptor, UnsafeRawBufferPointer(rebasing: rest).baseAddress, rest.count)
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { throw StorageFailure(code: errno) }
      rest = rest.dropFirst(count)
    }
  }

  /// Returns when the bytes are on the disk (fsync(2)).
  public func sync() throws(StorageFailure) {
    guard fsync(descriptor) == 0 else { throw StorageFailure(code: errno) }
  }

  /// The same of a file or folder that is there already.
  public static func sync(_ url: URL) throws(StorageFailure) {
    let descriptor = open(url.path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw StorageFailure(code: errno) }
    defer { close(descriptor) }
    guard fsync(descriptor) == 0 else { throw StorageFailure(code: errno) }
  }
}
