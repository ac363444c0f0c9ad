import GRDB
import Synchronization

/// What the database holds: where two are equal nothing was written in between, by whichever program.
///
/// It is what changes with every commit in the header of the WAL index (sqlite.org/walformat.html, section 2.1).
struct Snapshot: Sendable, Hashable {
  private let change: UInt32
  private let frames: UInt32
  private let salt: UInt64
  private let checksum: UInt64

  fileprivate init(header: UnsafeRawPointer) {
    change = header.load(fromByteOffset: 8, as: UInt32.self)
    frames = header.load(fromByteOffset: 16, as: UInt32.self)
    salt = header.load(fromByteOffset: 32, as: UInt64.self)
    checksum = header.load(fromByteOffset: 40, as: UInt64.self)
  }

  /// Whether exactly one transaction lies between the two. Where SQLite has made the index anew in between, it
  /// counts from the beginning.
  func isFollowed(by other: Snapshot) -> Bool { other.change == change &+ 1 }

  fileprivate static let headerBytes = 48
}

/// Tells the snapshot from memory, without a read of the database.
final class SnapshotSource: Sendable {
  private let index: Mutex<UnsafeRawPointer?>

  /// - Parameter pool: in WAL mode. Call ``close()`` before it is closed.
  init(of pool: DatabasePool) throws {
    let index = try pool.writeWithoutTransaction { db in
      // It is there once something was read.
      _ = try Int.fetchOne(db, sql: "PRAGMA schema_version")
      return try OpenFile(.database, of: db).walIndex()
    }
    self.index = Mutex(index)
  }

  /// What a read that begins now sees, or something older; nil in the middle of a commit.
  var current: Snapshot? {
    index.withLock { index in
      guard let index else { return nil }
      // There are two copies, and whoever commits writes the second one first.
      let first = Snapshot(header: index)
      atomicMemoryFence(ordering: .acquiring)
      return Snapshot(header: index + Snapshot.headerBytes) == first ? first : nil
    }
  }

  func close() { index.withLock { $0 = nil } }
}
