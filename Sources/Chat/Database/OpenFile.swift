import GRDB
import GRDBSQLite

/// A file of the database as SQLite itself has it open. Another descriptor of it could never be closed, since
/// that would drop SQLite's own locks on it.
struct OpenFile {
  enum Kind {
    case database, wal
  }

  private let file: UnsafeMutablePointer<sqlite3_file>
  private let methods: sqlite3_io_methods

  /// - Throws: a `DatabaseError` where there is no such file open.
  init(_ kind: Kind, of db: Database) throws {
    let control = kind == .wal ? SQLITE_FCNTL_JOURNAL_POINTER : SQLITE_FCNTL_FILE_POINTER
    var file: UnsafeMutablePointer<sqlite3_file>?
    // A connection that was closed meanwhile has none, which SQLite does not check.
    guard let connection = db.sqliteConnection else { throw DatabaseError(resultCode: .SQLITE_MISUSE) }
    let code = sqlite3_file_control(connection, "main", control, &file)
    guard code == SQLITE_OK, let file, let methods = file.pointee.pMethods else {
      throw DatabaseError(resultCode: .SQLITE_CANTOPEN)
    }
    self.file = file
    self.methods = methods.pointee
  }

  func size() throws -> Int64 {
    var size: Int64 = 0
    try check(methods.xFileSize?(file, &size))
    return size
  }

  func read(into bytes: UnsafeMutableRawBufferPointer, at place: Int64) throws {
    try check(methods.xRead?(file, bytes.baseAddress, CInt(bytes.count), place))
  }

  func bytes(_ count: Int, at place: Int64) throws -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: count)
    try bytes.withUnsafeMutableBytes { try read(into: $0, at: place) }
    return bytes
  }

  func write(_ bytes: UnsafeRawBufferPointer, at place: Int64) throws {
    try check(methods.xWrite?(file, bytes.baseAddress, CInt(bytes.count), place))
  }

  /// The first region of the WAL index, which all programs with the file open share: 32 KiB that stay mapped as
  /// long as the connection is open.
  func walIndex() throws -> UnsafeRawPointer {
    var region: UnsafeMutableRawPointer?
    try check(methods.xShmMap?(file, 0, 32_768, 0, &region))
    guard let region else { throw DatabaseError(resultCode: .SQLITE_CANTOPEN) }
    return UnsafeRawPointer(region)
  }

  func sync() throws { try check(methods.xSync?(file, SQLITE_SYNC_NORMAL)) }

  private func check(_ code: CInt?) throws {
    guard code == SQLITE_OK else { throw DatabaseError(resultCode: .init(rawValue: code ?? SQLITE_MISUSE)) }
  }
}
