/// Who is online, by counting event streams. A person is online while a stream is open, for ``grace`` after
/// the last one closed (a page that reloads comes back within it), and for ``visit`` after a page view
/// without modules; but never one who hides. Pure: times come from outside.
struct Presence: Sendable {
  static let grace: Milliseconds = 10_000
  static let visit: Milliseconds = 60_000
  /// After a start, those who were online before it have this long to come back.
  static let returnTime: Milliseconds = 3 * grace

  /// In the place of ``grace``, where tests wait for its end.
  private let grace: Milliseconds
  private var streams: [User.ID: Int] = [:]
  /// Nobody of whom a stream is open.
  private var lingering: [User.ID: (until: Milliseconds, lastSeen: Milliseconds)] = [:]

  private var hidden: Set<User.ID> = []

  init(grace: Milliseconds = Self.grace) { self.grace = grace }

  var online: Set<User.ID> { Set(streams.keys).union(lingering.keys).subtracting(hidden) }

  var count: Int { streams.count + lingering.count - hidden.count { isThere($0) } }

  func isOnline(_ user: User.ID) -> Bool { isThere(user) && !isHidden(user) }

  /// Whether the person neither shows when they are online nor sees it of others.
  func isHidden(_ user: User.ID) -> Bool { hidden.contains(user) }

  /// Whether `viewer` sees that `person` is online.
  func sees(_ viewer: User.ID, _ person: User.ID) -> Bool { isOnline(person) && !isHidden(viewer) }

  /// - Parameter people: who is asked about; nil for everyone.
  func people(seenBy viewer: User.ID, among people: [User.ID]? = nil) -> OnlinePeople {
    guard !isHidden(viewer) else { return OnlinePeople(users: [], count: nil) }
    let users = people.map { Set($0.filter(isOnline)) } ?? online
    return OnlinePeople(users: users, count: count - (isOnline(viewer) ? 1 : 0))
  }

  mutating func hide(_ user: User.ID) { hidden.insert(user) }

  /// Shows again one who hid.
  mutating func show(_ user: User.ID) { hidden.remove(user) }

  /// - Returns: whether the person has just come online, for others to see.
  mutating func connect(_ user: User.ID) -> Bool {
    defer {
      streams[user, default: 0] += 1
      lingering[user] = nil
    }
    return !isThere(user) && !isHidden(user)
  }

  mutating func disconnect(_ user: User.ID, at now: Milliseconds) {
    guard let count = streams[user] else { return }
    if count > 1 {
      streams[user] = count - 1
    } else {
      streams[user] = nil
      lingering[user] = (now + grace, now)
    }
  }

  /// - Returns: whether the person has just come online, for others to see.
  mutating func visit(_ user: User.ID, at now: Milliseconds) -> Bool {
    defer { linger(user, until: now + Self.visit, at: now) }
    return !isThere(user) && !isHidden(user)
  }

  /// Takes someone for online who was so before a restart.
  mutating func restore(_ user: User.ID, at now: Milliseconds) {
    linger(user, until: now + 3 * grace, at: now)
  }

  /// Forgets someone who will not come back.
  mutating func remove(_ user: User.ID) {
    streams[user] = nil
    lingering[user] = nil
    hidden.remove(user)
  }

  /// - Returns: those whose time is over, and when each was there last; nobody who hides.
  mutating func expire(at now: Milliseconds) -> [(user: User.ID, lastSeen: Milliseconds)] {
    let gone = lingering.filter { $0.value.until <= now }
    for user in gone.keys { lingering[user] = nil }
    return gone.filter { !isHidden($0.key) }.map { ($0.key, $0.value.lastSeen) }
  }

  private func isThere(_ user: User.ID) -> Bool { streams[user] != nil || lingering[user] != nil }

  private mutating func linger(_ user: User.ID, until: Milliseconds, at now: Milliseconds) {
    guard streams[user] == nil else { return }
    lingering[user] = (max(until, lingering[user]?.until ?? 0), now)
  }
}
