import Foundation
import GRDB

/// Overwrites the unused bytes of the database file, where no page of it is in the WAL: under the lock for
/// writing, so that none comes meanwhile. They mean nothing to SQLite, so that neither a reader nor a crash
/// in between can see half of a change.
enum Scrubbing {
  enum Progress: Sendable {
    case done
    case through(page: Int)
    /// Someone still reads from the WAL.
    case blocked
  }

  /// How many pages are looked at while writes wait: 4 MB.
  private static let pages = 1_024
  /// How many milliseconds it waits for readers.
  private static let patience = 20

  /// - Parameter page: the first to look at, from 2. The first one holds the schema alone.
  static func run(from page: Int, in db: Database) throws -> Progress {
    guard try !Checkpoint.make(.truncate(patience: patience), in: db).isBlocked else { return .blocked }
    // A page kept in memory would be written again with what is overwritten here.
    try db.execute(sql: "PRAGMA shrink_memory")
    var progress = Progress.blocked
    try db.inTransaction(.immediate) {
      if try OpenFile(.wal, of: db).size() == 0 { progress = try scrub(from: page, db) }
      return .commit
    }
    return progress
  }

  private static func scrub(from first: Int, _ db: Database) throws -> Progress {
    let file = try OpenFile(.database, of: db)
    let header = UnsafeMutableRawBufferPointer.allocate(byteCount: 100, alignment: 1)
    defer { header.deallocate() }
    try file.read(into: header, at: 0)
    // SQLite's file format, 1.3: the size of a page, and how many bytes at its end are not SQLite's.
    let stored = Int(header[16]) << 8 | Int(header[17])
    let size = stored == 1 ? 65_536 : stored
    let usable = size - Int(header[20])
    guard size >= 512 else { throw DatabaseError(resultCode: .SQLITE_NOTADB) }
    let count = Int(try file.size() / Int64(size))
    let last = min(first + pages - 1, count)
    guard first <= last else { return .done }
    let page = UnsafeMutableRawBufferPointer.allocate(byteCount: size, alignment: 8)
    defer { page.deallocate() }
    var hasChanged = false
    for number in first...last {
      let place = Int64(number - 1) * Int64(size)
      try file.read(into: page, at: place)
      for range in PageGaps.ranges(in: UnsafeRawBufferPointer(page), usable: usable) {
        let gap = UnsafeMutableRawBufferPointer(rebasing: page[range])
        guard gap.contains(where: { $0 != 0 }) else { continue }
        gap.initializeMemory(as: UInt8.self, repeating: 0)
        try file.write(UnsafeRawBufferPointer(gap), at: place + Int64(range.lowerBound))
        hasChanged = true
      }
    }
    if hasChanged { try file.sync() }
    return last == count ? .done : .through(page: last)
  }
}
