import GRDB

/// The pages of the file that were written since their unused bytes were last overwritten, as the write-ahead log names
/// them: what is edited or deleted can have left copies in no others. Bounded: past ``most`` it is all pages.
struct TouchedPages {
  static let most = 1 << 16
  /// From so many on they are looked at though nothing is to be forgotten, so that what is next does not wait for them.
  static let many = 1 << 13

  private(set) var pages: Set<Int> = []
  /// Too many to name them, or nobody knows which.
  private(set) var areAll = false
  /// How many of the log's frames are counted, and the log that had them.
  private var seen = 0
  private var salts: [UInt8] = []

  var isEmpty: Bool { pages.isEmpty && !areAll }

  /// Looks at what was added to the log. Before each checkpoint, after which the log may start over.
  mutating func note(logOf db: Database) {
    do { try read(OpenFile(.wal, of: db)) } catch { areAll = true }
    guard pages.count > Self.most else { return }
    (pages, areAll) = ([], true)
  }

  /// - Returns: some of them, which count as looked at now.
  mutating func take(_ count: Int) -> [Int] {
    let some = Array(pages.sorted().prefix(count))
    pages.subtract(some)
    return some
  }

  mutating func putBack(_ some: [Int]) { pages.formUnion(some) }

  /// All of the file is about to be looked at.
  mutating func forget() { (pages, areAll) = ([], false) }

  /// SQLite's file format, 4.1: a header of 32 bytes, then frames, each a header of 24 and a page.
  private mutating func read(_ log: OpenFile) throws {
    let size = try log.size()
    guard size > 32 else { return }
    let header = try log.bytes(32, at: 0)
    let pageSize = header[8..<12].reduce(0) { $0 << 8 | Int($1) }
    let salts = Array(header[16..<24])
    guard pageSize >= 512 else { return }
    if salts != self.salts { (self.salts, seen) = (salts, 0) }
    let count = Int((size - 32) / Int64(24 + pageSize))
    while seen < count {
      let frame = try log.bytes(16, at: 32 + Int64(seen) * Int64(24 + pageSize))
      // What follows is left of an earlier log.
      guard Array(frame[8..<16]) == salts else { return }
      pages.insert(frame[0..<4].reduce(0) { $0 << 8 | Int($1) })
      seen += 1
    }
  }
}
