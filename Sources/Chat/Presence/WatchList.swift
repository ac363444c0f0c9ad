/// Which sessions see which people, and so are told when one comes or goes: those on the pages that a
/// session loaded, and those it has a direct conversation with. Bounded for each session, and forgotten some
/// time after its last page and stream.
struct WatchList: Sendable {
  static let mostPerSession = 2_000
  static let idleTime: Milliseconds = 600_000

  private struct Entry {
    var people: [User.ID] = []
    var known: Set<User.ID> = []
    var touchedAt: Milliseconds
    var hasPages = false
  }

  private var entries: [Session.ID: Entry] = [:]
  private var watchers: [User.ID: Set<Session.ID>] = [:]

  func sessions(watching user: User.ID) -> Set<Session.ID> { watchers[user] ?? [] }

  func people(of session: Session.ID) -> [User.ID] { entries[session]?.people ?? [] }

  /// Whether a page of the session was made not long ago.
  func knowsPages(of session: Session.ID) -> Bool { entries[session]?.hasPages == true }

  mutating func notePage(of session: Session.ID) { entries[session]?.hasPages = true }

  mutating func add(_ people: some Sequence<User.ID>, for session: Session.ID, at now: Milliseconds) {
    var entry = entries[session] ?? Entry(touchedAt: now)
    entry.touchedAt = now
    for user in people where entry.known.insert(user).inserted {
      entry.people.append(user)
      watchers[user, default: []].insert(session)
    }
    let surplus = entry.people.count - Self.mostPerSession
    if surplus > 0 {
      for user in entry.people.prefix(surplus) {
        entry.known.remove(user)
        forget(user, of: session)
      }
      entry.people.removeFirst(surplus)
    }
    entries[session] = entry
  }

  mutating func remove(_ session: Session.ID) {
    guard let entry = entries.removeValue(forKey: session) else { return }
    for user in entry.people { forget(user, of: session) }
  }

  /// Forgets the sessions that are in none of `kept` and that loaded no page of late.
  mutating func removeIdle(except kept: Set<Session.ID>, at now: Milliseconds) {
    for (session, entry) in entries where !kept.contains(session) {
      if entry.touchedAt + Self.idleTime < now { remove(session) }
    }
  }

  private mutating func forget(_ user: User.ID, of session: Session.ID) {
    watchers[user]?.remove(session)
    if watchers[user]?.isEmpty == true { watchers[user] = nil }
  }
}
