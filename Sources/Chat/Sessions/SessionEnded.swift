import GRDB

/// `subject` is the session. It ends that session's streams and is never sent itself.
struct SessionEnded: EventKind {
  static let name = "session.ended"

  let session: Session.ID

  var endsStreams: Bool { true }

  static func load(_ event: Event, in db: Database) throws -> SessionEnded? {
    SessionEnded(session: event.subject)
  }

  func html(for reader: User.ID, _ fragments: Fragments, isOnline: (User.ID) -> Bool) -> String? { nil }

  func arrive(at hub: isolated StreamHub) { hub.end(session) }
}
