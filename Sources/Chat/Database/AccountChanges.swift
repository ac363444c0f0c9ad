import GRDB
import Synchronization

/// Tells the snapshot in which accounts and sessions last changed, so that what was read of them can be kept
/// while messages are written.
///
/// It follows the commits of one connection. Where another program has written it cannot say, until the next
/// commit.
final class AccountChanges: TransactionObserver, Sendable {
  private struct State: Sendable {
    /// After the last commit.
    var newest: Snapshot?
    /// After the last commit that changed an account or a session, or may have.
    var changed: Snapshot?
    var isChanging = false
  }

  private let source: SnapshotSource
  private let state = Mutex(State())

  init(_ source: SnapshotSource) { self.source = source }

  /// - Parameter now: what the database holds.
  /// - Returns: what it held when accounts and sessions were last changed; `now` where that is not known.
  func newest(in now: Snapshot?) -> Snapshot? {
    state.withLock { now == $0.newest ? $0.changed : now }
  }

  /// Rows of sessions and of what is shown of a person. Coming and going is not.
  func observes(eventsOfKind kind: DatabaseEventKind) -> Bool {
    switch kind {
    case .insert(let table), .delete(let table): Self.tables.contains(table)
    case .update(let table, let columns):
      Self.tables.contains(table) && !columns.isSubset(of: Self.presenceColumns)
    }
  }

  private static let tables: Set = ["user", "session"]
  private static let presenceColumns: Set = ["is_online", "last_seen_at"]

  func databaseDidChange(with event: DatabaseEvent) { state.withLock { $0.isChanging = true } }

  func databaseDidCommit(_ db: Database) {
    let now = source.current
    state.withLock { state in
      // Another program's commit has its own place in the count.
      let isKnown =
        now.map { now in state.newest.map { now == $0 || now.isNext(after: $0) } ?? false } ?? false
      if state.isChanging || !isKnown { state.changed = now }
      state.newest = now
      state.isChanging = false
    }
  }

  func databaseDidRollback(_ db: Database) { state.withLock { $0.isChanging = false } }
}
