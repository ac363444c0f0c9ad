import GRDB

extension DatabaseError {
  /// Whether the disk is full, broken or read-only, or the file is locked by another program: what the
  /// owner can mend, and what may pass.
  var meansUnwritable: Bool {
    [.SQLITE_FULL, .SQLITE_IOERR, .SQLITE_READONLY, .SQLITE_BUSY, .SQLITE_CANTOPEN].contains(resultCode)
  }
}
