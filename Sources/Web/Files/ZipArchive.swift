import CArchive
import NIOCore
import Synchronization

/// A zip archive (PKWARE's APPNOTE, by libarchive) that is made from its start to its end without ever going
/// back: what has come out is handed over piece by piece, and only the list of the names stays in memory until
/// ``finish()``, about 200 bytes a file. Every function blocks.
public final class ZipArchive: Sendable {
  /// How a file stands in it.
  public enum Method: Sendable {
    /// As it is, for what is compressed already.
    case stored
    case deflated
  }

  /// What libarchive says.
  public struct Failure: Error {
    public let reason: String
  }

  private let writer: Mutex<Writer>

  /// - Throws: ``Failure`` when there is no memory left.
  public init() throws(Failure) { writer = Mutex(try Writer()) }

  /// Begins a file, whose bytes come next by ``write(_:)``.
  /// - Parameter name: ASCII, with `/` between folders.
  /// - Parameter bytes: how many will come; what is more is left out.
  /// - Parameter time: seconds since 1970.
  public func begin(_ name: String, _ method: Method, bytes: Int, time: Int) throws(Failure) {
    try writer.withLock { writer throws(Failure) in
      try writer.begin(name, method, bytes: bytes, time: time)
    }
  }

  /// - Returns: what has come out of the archive since the last call; it may be nothing.
  public func write(_ bytes: ByteBuffer) throws(Failure) -> ByteBuffer {
    try writer.withLock { writer throws(Failure) in
      try writer.write(bytes)
      return writer.takeOutput()
    }
  }

  /// Ends the archive. Nothing may follow.
  /// - Returns: the rest of it.
  public func finish() throws(Failure) -> ByteBuffer {
    try writer.withLock { writer throws(Failure) in
      try writer.finish()
      return writer.takeOutput()
    }
  }
}

/// libarchive's writer, which calls back with what comes out. Not thread-safe.
private final class Writer {
  private final class Output {
    var bytes = ByteBuffer()
  }

  private let archive: OpaquePointer
  private let entry: OpaquePointer
  private let output = Output()

  init() throws(ZipArchive.Failure) {
    guard let archive = archive_write_new() else { throw ZipArchive.Failure(reason: "no memory") }
    guard let entry = archive_entry_new() else {
      archive_write_free(archive)
      throw ZipArchive.Failure(reason: "no memory")
    }
    self.archive = archive
    self.entry = entry
    // Without blocks every byte is handed on at once.
    try check(archive_write_set_format_zip(archive))
    try check(archive_write_set_bytes_per_block(archive, 0))
    try check(
      archive_write_open(
        archive, Unmanaged.passUnretained(output).toOpaque(), nil,
        { _, output, bytes, count in
          guard let output, let bytes else { return -1 }
          Unmanaged<Output>.fromOpaque(output).takeUnretainedValue().bytes
            .writeBytes(UnsafeRawBufferPointer(start: bytes, count: count))
          return count
        }, nil))
  }

  deinit {
    // Else it would write the end of an archive that was given up.
    archive_write_fail(archive)
    archive_write_free(archive)
    archive_entry_free(entry)
  }

  func begin(
    _ name: String, _ method: ZipArchive.Method, bytes: Int, time: Int
  ) throws(ZipArchive.Failure) {
    switch method {
    case .stored: try check(archive_write_zip_set_compression_store(archive))
    case .deflated: try check(archive_write_zip_set_compression_deflate(archive))
    }
    archive_entry_clear(entry)
    archive_entry_set_pathname(entry, name)
    archive_entry_set_filetype(entry, UInt32(S_IFREG))
    archive_entry_set_perm(entry, 0o644)
    archive_entry_set_size(entry, Int64(bytes))
    archive_entry_set_mtime(entry, time, 0)
    try check(archive_write_header(archive, entry))
  }

  func write(_ bytes: ByteBuffer) throws(ZipArchive.Failure) {
    let written = bytes.withUnsafeReadableBytes { archive_write_data(archive, $0.baseAddress, $0.count) }
    if written < 0 { try check(CInt(written)) }
  }

  func finish() throws(ZipArchive.Failure) { try check(archive_write_close(archive)) }

  func takeOutput() -> ByteBuffer {
    defer { output.bytes = ByteBuffer() }
    return output.bytes
  }

  private func check(_ result: CInt) throws(ZipArchive.Failure) {
    guard result != ARCHIVE_OK else { return }
    throw ZipArchive.Failure(reason: archive_error_string(archive).map { String(cString: $0) } ?? "\(result)")
  }
}
