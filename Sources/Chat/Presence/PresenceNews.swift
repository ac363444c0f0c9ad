import GRDB

/// Who came online or went since it was last taken, each person once and as they are now. Bounded by the
/// number of people.
struct PresenceNews: Sendable {
  /// When each was there last; nil for who is online.
  private(set) var people: [User.ID: Milliseconds?] = [:]

  mutating func came(_ user: User.ID) { people.updateValue(nil, forKey: user) }

  mutating func went(_ user: User.ID, lastSeen: Milliseconds) { people[user] = lastSeen }

  /// Forgets someone whose account is gone.
  mutating func remove(_ user: User.ID) { people.removeValue(forKey: user) }

  mutating func take() -> PresenceNews {
    defer { people = [:] }
    return self
  }

  /// Writes down what a restart begins with.
  func write(in db: Database) throws {
    let came = try db.cachedStatement(
      sql:
        "UPDATE user SET is_online = 1 WHERE id = ? AND hides_presence = 0")
    let went = try db.cachedStatement(
      sql: "UPDATE user SET is_online = 0, last_seen_at = ? WHERE id = ? AND hides_presence = 0")
    for (user, lastSeen) in people {
      if let lastSeen {
        try went.execute(arguments: [lastSeen, user])
      } else {
        try came.execute(arguments: [user])
      }
    }
  }
}
