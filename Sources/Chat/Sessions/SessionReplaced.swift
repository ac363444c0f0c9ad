import GRDB

/// `subject` is the session, whose browser has another token now. Its streams end, and come back with that; it is
/// never sent itself.
struct SessionReplaced: EventKind {
  static let name = "session.replaced"

  let session: Session.ID

  var endsStreams: Bool { true }

  static func load(_ event: Event, in db: Database) throws -> SessionReplaced? {
    SessionReplaced(session: event.subject)
  }

  func html(for reader: User.ID, _ fragments: Fragments, isOnline: (User.ID) -> Bool) -> String? { nil }

  func arrive(at hub: isolated StreamHub) { hub.replace(session) }
}
