import GRDB
import Synchronization

/// Tells whether what a page shows has changed since it was read, without reading: by counts of what was told to
/// everyone, to one person, and in each conversation. The events of each commit say whom it concerns. A write that
/// changes what pages show and tells nobody makes all of them old, and so does another program's.
///
/// The writer calls it, on its thread; whoever makes pages asks it. Bounded: people and conversations share counts,
/// which only makes a page old too early. Thread-safe.
final class PageChanges: TransactionObserver, Sendable {
  /// Where two are equal, nothing that a person may see has changed in between.
  struct Stamp: Sendable, Hashable {
    fileprivate var all: UInt64
    fileprivate var own: UInt64
    fileprivate var conversations: UInt64 = 0
  }

  private static let buckets = 1 << 14

  private struct State {
    /// What everyone was told, and what nobody was.
    var all: UInt64 = 0
    var people = [UInt64](repeating: 0, count: PageChanges.buckets)
    var conversations = [UInt64](repeating: 0, count: PageChanges.buckets)
    var lastEvent: Event.ID

    // Of the write that is under way, and of its transaction.
    var hasChanged = false
    var isTold = false
    var isUntold = false
    var concerned: [Event.Audience] = []

    mutating func count(_ audience: Event.Audience) {
      switch audience {
      case .everyone: all += 1
      case .only(let user): people[PageChanges.bucket(user)] += 1
      case .members(let conversation): conversations[PageChanges.bucket(conversation)] += 1
      }
    }
  }

  private let state: Mutex<State>

  /// - Parameter lastEvent: what came before it is no news.
  init(lastEvent: Event.ID) { state = Mutex(State(lastEvent: lastEvent)) }

  // MARK: Pages

  /// What a person may see, without their conversations.
  func stamp(_ user: User.ID) -> Stamp {
    state.withLock { Stamp(all: $0.all, own: $0.people[Self.bucket(user)]) }
  }

  /// - Parameter conversations: those that the person was in when `stamp` was taken.
  func stamp(_ stamp: Stamp, with conversations: [Conversation.ID]) -> Stamp {
    var stamp = stamp
    // Counts only grow, so the sum is the same only where each is.
    stamp.conversations = state.withLock { state in
      conversations.reduce(0) { $0 + state.conversations[Self.bucket($1)] }
    }
    return stamp
  }

  /// What is told to the members of one conversation, and to everyone.
  func stamp(of conversation: Conversation.ID) -> Stamp {
    state.withLock {
      Stamp(all: $0.all, own: 0, conversations: $0.conversations[Self.bucket(conversation)])
    }
  }

  private static func bucket(_ id: Int64) -> Int { Int(UInt64(bitPattern: id) % UInt64(buckets)) }

  // MARK: Writes

  /// Whom the write under way concerns that appends no event. On the writer's thread.
  func tell(_ audience: Event.Audience) {
    state.withLock { state in
      state.isTold = true
      state.concerned.append(audience)
    }
  }

  /// The write under way changes nothing that any page shows. On the writer's thread.
  func tellNobody() { state.withLock { $0.isTold = true } }

  /// One of the writes of a transaction has failed, and was taken back.
  func writeFailed() { state.withLock { ($0.hasChanged, $0.isTold) = (false, false) } }

  /// One of the writes of a transaction has ended.
  func writeEnded() {
    state.withLock { state in
      if state.hasChanged, !state.isTold { state.isUntold = true }
      (state.hasChanged, state.isTold) = (false, false)
    }
  }

  /// A transaction has been committed; whoever waits for it has not been told.
  /// - Returns: its events, and those that another program has added meanwhile.
  func committed(in db: Database) throws -> Committed {
    let last = state.withLock { $0.lastEvent }
    let events = try Event.all(after: last, limit: .max, in: db)
    state.withLock { state in
      state.lastEvent = events.last?.id ?? last
      for event in events { state.count(event.audience) }
      for audience in state.concerned { state.count(audience) }
      if state.isUntold { state.all += 1 }
      (state.isUntold, state.concerned) = (false, [])
    }
    return Committed(after: last, events: events)
  }

  /// Something was written of which nothing is known.
  func makeAllOld() { state.withLock { $0.all += 1 } }

  // MARK: TransactionObserver

  func observes(eventsOfKind kind: DatabaseEventKind) -> Bool {
    switch kind {
    case .insert("event"): true
    case .insert(let table), .delete(let table): Self.shown.contains(table)
    case .update("user", let columns): !columns.isDisjoint(with: Self.shownOfUsers)
    case .update(let table, _): Self.shown.contains(table)
    }
  }

  /// Not those without row ids, of whose changes SQLite does not tell: who writes memberships or marks appends an
  /// event or calls ``tell(_:)``.
  private static let shown: Set = [
    "user", "conversation", "message", "attachment", "event_log",
  ]
  private static let shownOfUsers: Set = ["full_name", "sort_name", "folded_name", "picture"]

  func databaseDidChange(with event: DatabaseEvent) {
    let isEvent = event.tableName == "event"
    state.withLock { state in
      if isEvent { state.isTold = true } else { state.hasChanged = true }
    }
  }

  func databaseDidCommit(_ db: Database) {}

  func databaseDidRollback(_ db: Database) {
    state.withLock { ($0.hasChanged, $0.isTold, $0.isUntold, $0.concerned) = (false, false, false, []) }
  }
}
