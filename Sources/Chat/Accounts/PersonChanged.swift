import GRDB
import Web

/// `subject` is the user, whose name or picture is another now. Its fragment replaces both wherever they stand.
struct PersonChanged: EventKind {
  static let name = "user.changed"

  let user: User

  static func load(_ event: Event, in db: Database) throws -> PersonChanged? {
    try User.found(event.subject, in: db).map { PersonChanged(user: $0) }
  }

  func html(for reader: User.ID, _ fragments: Fragments, isOnline: (User.ID) -> Bool) -> String? {
    fragments.render(
      "fragments/person-changed",
      View([
        "userID": user.id, "name": user.fullName, "picture": user.picture, "initials": user.initials,
      ]))
  }
}
