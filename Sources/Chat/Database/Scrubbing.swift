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
    guard
      let count = try whenAllIsInTheFile(
        db,
        { file in
          let last = min(page + pages - 1, file.count)
          if page <= last { try overwrite(page...last, of: file) }
          return file.count
        })
    else { return .blocked }
    return page + pages > count ? .done : .through(page: page + pages - 1)
  }

  /// The same of some pages, at most ``mostAtOnce``.
  /// - Returns: false where someone still reads from the WAL.
  static func run(_ pages: [Int], in db: Database) throws -> Bool {
    try whenAllIsInTheFile(db) { file in
      try overwrite(pages.filter { $0 > 1 && $0 <= file.count }, of: file)
    } != nil
  }

  static let mostAtOnce = pages

  private struct File {
    let file: OpenFile
    let pageSize: Int
    let usable: Int
    let count: Int

    init(_ db: Database) throws {
      file = try OpenFile(.database, of: db)
      let header = try file.bytes(100, at: 0)
      // SQLite's file format, 1.3: the size of a page, and how many bytes at its end are not SQLite's.
      let stored = Int(header[16]) << 8 | Int(header[17])
      pageSize = stored == 1 ? 65_536 : stored
      usable = pageSize - Int(header[20])
      guard pageSize >= 512 else { throw DatabaseError(resultCode: .SQLITE_NOTADB) }
      count = Int(try file.size() / Int64(pageSize))
    }
  }

  /// - Returns: nil where someone still reads from the WAL.
  private static func whenAllIsInTheFile<Value>(
    _ db: Database, _ body: (File) throws -> Value
  ) throws -> Value? {
    guard try !Checkpoint.make(.truncate(patience: patience), in: db).isBlocked else { return nil }
    // A page kept in memory would be written again with what is overwritten here.
    try db.execute(sql: "PRAGMA shrink_memory")
    var value: Value?
    try db.inTransaction(.immediate) {
      if try OpenFile(.wal, of: db).size() == 0 { value = try body(File(db)) }
      return .commit
    }
    return value
  }

  private static func overwrite(_ numbers: some Sequence<Int>, of whole: File) throws {
    let (file, size, usable) = (whole.file, whole.pageSize, whole.usable)
    let page = UnsafeMutableRawBufferPointer.allocate(byteCount: size, alignment: 8)
    defer { page.deallocate() }
    var hasChanged = false
    for number in numbers {
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
  }
}
