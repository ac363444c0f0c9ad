import GRDB

/// What a checkpoint came to: it moves pages of the write-ahead log into the file
/// (sqlite.org/pragma.html#pragma_wal_checkpoint).
struct Checkpoint: Equatable {
  enum Kind: Equatable {
    /// Waits for nobody, and moves what no reader is in the way of.
    case passive
    /// Holds off other writers, and waits for so many milliseconds until nobody reads from the log any more: the
    /// next commit then starts it over.
    case restart(patience: Int)
    /// The same, and leaves the log's file empty.
    case truncate(patience: Int)
  }

  /// Something was in the way and did not end in time.
  let isBlocked: Bool
  /// How many the log holds, and how many of those are in the file; -1 where SQLite did not get as far as that.
  let pages: Int
  let moved: Int

  var isComplete: Bool { !isBlocked && pages == moved }

  /// Blocks, in no transaction, on the writer's own connection alone: SQLite up to 3.51.2 can damage a log that one
  /// connection starts over while another writes.
  static func make(_ kind: Kind, in db: Database) throws -> Checkpoint {
    let (name, patience): (String, Int?) =
      switch kind {
      case .passive: ("PASSIVE", nil)
      case .restart(let patience): ("RESTART", patience)
      case .truncate(let patience): ("TRUNCATE", patience)
      }
    if let patience { try db.execute(sql: "PRAGMA busy_timeout = \(patience)") }
    defer {
      if patience != nil { try? db.execute(sql: "PRAGMA busy_timeout = \(ChatDatabase.busyMilliseconds)") }
    }
    guard let row = try Row.fetchOne(db, sql: "PRAGMA wal_checkpoint(\(name))") else {
      throw DatabaseError(resultCode: .SQLITE_INTERNAL)
    }
    let busy: Int = row["busy"]
    return Checkpoint(isBlocked: busy != 0, pages: row["log"], moved: row["checkpointed"])
  }
}
