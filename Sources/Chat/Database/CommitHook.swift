import GRDB
import GRDBSQLite

/// What SQLite tells of each commit of the pool's writer that wrote something: how many pages the write-ahead log
/// holds from then on (sqlite.org/c3ref/wal_hook.html).
///
/// A connection has one such hook, so whoever wants to know shares this one; `PRAGMA wal_autocheckpoint` would take
/// its place. The actions run on the writer's thread, before GRDB tells its observers of the commit.
final class CommitHook: TransactionObserver, Sendable {
  typealias Action = @Sendable (_ pages: Int) -> Void

  private let actions: [Action]

  init(_ actions: Action...) { self.actions = actions }

  func attach(to pool: DatabasePool) {
    // As an observer, which the connection holds as long as it is open, as long as SQLite may call.
    pool.add(transactionObserver: self, extent: .databaseLifetime)
    pool.writeWithoutTransaction { db in
      _ = sqlite3_wal_hook(
        db.sqliteConnection,
        { hook, _, _, pages in
          guard let hook else { return SQLITE_OK }
          let actions = Unmanaged<CommitHook>.fromOpaque(hook).takeUnretainedValue().actions
          for action in actions { action(Int(pages)) }
          return SQLITE_OK
        }, Unmanaged.passUnretained(self).toOpaque())
    }
  }

  func observes(eventsOfKind kind: DatabaseEventKind) -> Bool { false }
  func databaseDidChange(with event: DatabaseEvent) {}
  func databaseDidCommit(_ db: Database) {}
  func databaseDidRollback(_ db: Database) {}
}
