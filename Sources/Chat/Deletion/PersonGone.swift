import GRDB
import Web

/// `subject` is the user, whose account is gone; `number` is 1 where the texts stay.
struct PersonGone: EventKind {
  static let name = "user.gone"

  let user: User.ID
  let keepsMessages: Bool
  /// One account is left, whose owner is alone again.
  let leavesOne: Bool

  var endsStreams: Bool { true }

  static func load(_ event: Event, in db: Database) throws -> PersonGone? {
    PersonGone(
      user: event.subject, keepsMessages: event.number == 1, leavesOne: try User.isOnlyOne(in: db))
  }

  func readers(of event: Event) -> Readers { .everyone(except: user) }

  func html(for reader: User.ID, _ fragments: Fragments, isOnline: (User.ID) -> Bool) -> String? {
    fragments.render(
      "fragments/person-gone",
      View([
        "userID": user, "name": User.deletedName, "keepsMessages": keepsMessages,
        "deleted": Message.deletedText, "leavesOne": leavesOne,
      ]))
  }

  func arrive(at hub: isolated StreamHub) { hub.forget(user) }
}
