/// Who is online, by counting event streams. A person is online while a stream is open, for ``grace`` after
/// the last one closed (a page that reloads comes back within it), and for ``visit`` after a page view
/// without modules. Pure: times come from outside.
struct Presence: Sendable {
  static let grace: Milliseconds = 10_000
  static let visit: Milliseconds = 60_000
  /// After a start, those who were online before it have this long to come back.
  static let returnTime: Milliseconds = 30_000

  private var streams: [User.ID: Int] = [:]
  private var lingering: [User.ID: (until: Milliseconds, lastSeen: Milliseconds)] = [:]

  var online: Set<User.ID> { Set(streams.keys).union(lingering.keys) }

  var count: Int { streams.count + lingering.keys.count { streams[$0] == nil } }

  func isOnline(_ user: User.ID) -> Bool { streams[user] != nil || lingering[user] != nil }

  /// - Returns: whether the person has just come online.
  mutating func connect(_ user: User.ID) -> Bool {
    defer {
      streams[user, default: 0] += 1
      lingering[user] = nil
    }
    return !isOnline(user)
  }

  mutating func disconnect(_ user: User.ID, at now: Milliseconds) {
    guard let count = streams[user] else { return }
    if count > 1 {
      streams[user] = count - 1
    } else {
      streams[user] = nil
      lingering[user] = (now + Self.grace, now)
    }
  }

  /// - Returns: whether the person has just come online.
  mutating func visit(_ user: User.ID, at now: Milliseconds) -> Bool {
    defer { linger(user, until: now + Self.visit, at: now) }
    return !isOnline(user)
  }

  /// Takes someone for online who was so before a restart.
  mutating func restore(_ user: User.ID, at now: Milliseconds) {
    linger(user, until: now + Self.returnTime, at: now)
  }

  /// Forgets someone who will not come back.
  mutating func remove(_ user: User.ID) {
    streams[user] = nil
    lingering[user] = nil
  }

  /// - Returns: those whose time is over, and when each was there last.
  mutating func expire(at now: Milliseconds) -> [(user: User.ID, lastSeen: Milliseconds)] {
    let gone = lingering.filter { $0.value.until <= now }
    for user in gone.keys { lingering[user] = nil }
    return gone.map { ($0.key, $0.value.lastSeen) }
  }

  private mutating func linger(_ user: User.ID, until: Milliseconds, at now: Milliseconds) {
    guard streams[user] == nil else { return }
    lingering[user] = (max(until, lingering[user]?.until ?? 0), now)
  }
}
