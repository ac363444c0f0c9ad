import GRDB
import Web

/// `subject` is the user. Its fragment adds a row to everyone else's list.
struct PersonNew: EventKind {
  static let name = "user.new"

  let user: User

  static func load(_ event: Event, in db: Database) throws -> PersonNew? {
    try User.found(event.subject, in: db).map { PersonNew(user: $0) }
  }

  /// Nobody is told of themselves as someone new.
  func readers(of event: Event) -> Readers { .everyone(except: user.id) }

  /// It is the same for everyone, so whether they are online, which not everyone may see, comes as an event
  /// of its own.
  func html(for reader: User.ID, _ fragments: Fragments, isOnline: (User.ID) -> Bool) -> String? {
    let row = fragments.html(.person(user), viewer: nil, isOnline: false)
    return fragments.render("fragments/person-new", View(["row": row]))
  }

  /// Their row is on every page now.
  func arrive(at hub: isolated StreamHub) { hub.watchedByAll(user.id) }
}
