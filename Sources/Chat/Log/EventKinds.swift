import GRDB

/// Every kind of event there is. Kinds are only ever added, and each is found by its name.
enum EventKinds {
  static let all: [any EventKind.Type] = [
    MessagePosted.self, MessageChanged.self, ReactionsChanged.self, PinsChanged.self, MemberJoined.self,
    MemberLeft.self, PersonNew.self,
    PersonChanged.self,
    GroupChanged.self, LineAppended.self, LoudnessChanged.self, PersonGone.self, PrivacyChanged.self,
    SessionEnded.self, SessionReplaced.self,
  ]

  private static let byName = Dictionary(uniqueKeysWithValues: all.map { ($0.name, $0) })

  /// What an event shows.
  /// - Returns: nil where what it tells of is gone, and for kinds that this version does not know.
  static func load(_ event: Event, in db: Database) throws -> (any EventKind)? {
    try byName[event.kind]?.load(event, in: db)
  }
}
