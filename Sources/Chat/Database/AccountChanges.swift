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
    /// After the last commit that changed an account or a session, or may have.
    var changed: Snapshot?
    var isChanging = false
    /// The transaction that is about to end wrote something.
    var hasWritten = false
  }

  private let source: SnapshotSource
  private let pages: PageChanges
  private let state = Mutex(State())

  /// - Parameter pages: are told where another program has written.
  init(_ source: SnapshotSource, pages: PageChanges) {
    self.source = source
    self.pages = pages
  }

  /// Follows the commits of the pool's writer until that is closed. ``wrote()`` has to be called for each.
  func follow(_ pool: DatabasePool) {
    pool.add(transactionObserver: self, extent: .databaseLifetime)
    let now = source.current
    state.withLock { ($0.newest, $0.changed) = (now, now) }
  }

  /// SQLite says that a commit wrote something, before GRDB tells of it.
  func wrote() { state.withLock { $0.hasWritten = true } }

  /// Whether the last commit of this connection is the last of all.
  func isNewest(_ now: Snapshot?) -> Bool { now != nil && state.withLock { now == $0.newest } }

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

  /// Also after a transaction that wrote nothing.
  func databaseDidCommit(_ db: Database) {
    let now = source.current
    let isAlone = state.withLock { state in
      defer { (state.isChanging, state.hasWritten) = (false, false) }
      // One that wrote nothing would take another program's for its own.
      guard state.hasWritten else { return true }
      let isAlone = now.flatMap { state.newest?.isFollowed(by: $0) } ?? false
      if state.isChanging || !isAlone { state.changed = now }
      state.newest = now
      return isAlone
    }
    if !isAlone { pages.makeAllOld() }
  }

  func databaseDidRollback(_ db: Database) { state.withLock { $0.isChanging = false } }
}
