import GRDB
import Synchronization

/// Tells the snapshot in which accounts and sessions last changed, so that what was read of them can be kept
/// while messages are written.
///
/// It follows the commits of one connection. Where another program has written it cannot say, until the next
/// commit.
final class AccountChanges: TransactionObserver, Sendable {
  private struct State: Sendable {
    /// After the last commit; nil where that is not sure.
    var newest: Snapshot?
    /// At the time of `newest`: it is another one when another connection has committed
    /// (sqlite.org/pragma.html#pragma_data_version).
    var othersVersion: Int?
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

  /// Also after a transaction that wrote nothing. No statement may be half read on the connection at a commit:
  /// the version would be of when that began.
  func databaseDidCommit(_ db: Database) {
    // Where nothing is committed between the two, the version belongs to them.
    let before = source.current
    let version = try? Int.fetchOne(db.cachedStatement(sql: "PRAGMA data_version"))
    let now = source.current == before ? before : nil
    state.withLock { state in
      let isOwn = state.newest != nil && version != nil && version == state.othersVersion
      if state.isChanging || !isOwn || now == nil { state.changed = now }
      state.newest = now
      state.othersVersion = version
      state.isChanging = false
    }
  }

  func databaseDidRollback(_ db: Database) { state.withLock { $0.isChanging = false } }
}
