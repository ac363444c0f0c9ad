import GRDB

/// `subject` is the user, who shows or hides now when they are online. It is never sent itself: what follows from it
/// is, whoever wrote it down and whatever became of the request.
struct PrivacyChanged: EventKind {
  static let name = "user.privacy"

  let user: User.ID
  let privacy: Privacy

  static func load(_ event: Event, in db: Database) throws -> PrivacyChanged? {
    PrivacyChanged(user: event.subject, privacy: try Privacy.of(event.subject, in: db))
  }

  func html(for reader: User.ID, _ fragments: Fragments, isOnline: (User.ID) -> Bool) -> String? { nil }

  func arrive(at hub: isolated StreamHub) {
    hub.setHidden(!privacy.showsPresence, user)
    hub.setSilent(!privacy.showsTyping, user)
    if !privacy.showsReading { hub.takeBackReceipts(of: user) }
  }
}
