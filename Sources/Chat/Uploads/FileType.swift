import CMagic
import NIOPosix

/// What a file is by its content, as libmagic says. Not thread-safe: each thread has one of its own.
final class FileType {
  private let handle: magic_t

  // Each thread sees its own value alone (pthread_getspecific(3)), so that none is shared.
  private nonisolated(unsafe) static let ofThread = ThreadSpecificVariable<FileType>()

  /// The one of this thread. Loading it the first time reads libmagic's database.
  /// - Returns: nil when that cannot be read.
  static var current: FileType? {
    if let there = ofThread.currentValue { return there }
    let made = FileType()
    ofThread.currentValue = made
    return made
  }

  private init?() {
    // Only the signatures of files: no texts, archives or tables are looked into.
    let flags =
      MAGIC_MIME_TYPE | MAGIC_NO_CHECK_COMPRESS | MAGIC_NO_CHECK_TAR | MAGIC_NO_CHECK_APPTYPE
      | MAGIC_NO_CHECK_ELF | MAGIC_NO_CHECK_TEXT | MAGIC_NO_CHECK_CDF | MAGIC_NO_CHECK_CSV
      | MAGIC_NO_CHECK_TOKENS | MAGIC_NO_CHECK_ENCODING | MAGIC_NO_CHECK_JSON
    guard let handle = magic_open(flags) else { return nil }
    guard magic_load(handle, nil) == 0 else {
      magic_close(handle)
      return nil
    }
    self.handle = handle
  }

  deinit { magic_close(handle) }

  /// How much of a file is looked at.
  private static let bytes = 64 * 1024

  /// The media type, such as `image/png`; nil when libmagic fails.
  func mediaType(of file: [UInt8]) -> String? {
    file.withUnsafeBytes { bytes in
      magic_buffer(handle, bytes.baseAddress, min(bytes.count, Self.bytes)).map { String(cString: $0) }
    }
  }
}
