import GRDB
import Web

/// `subject` is the message, to which people react with something else now. Its fragment takes the place of the reactions
/// where a page has the message. Live they are gathered, see ``StreamHub/gather(_:_:)``.
struct ReactionsChanged: EventKind {
  static let name = "reactions.changed"

  let message: Message

  static func load(_ event: Event, in db: Database) throws -> ReactionsChanged? {
    try Message.find(event.subject, in: db).map { ReactionsChanged(message: $0) }
  }

  var byteCount: Int { 512 + message.reactions.reduce(0) { $0 + 128 + 8 * $1.users.count } }
  var isGathered: Bool { true }

  func html(for reader: User.ID, _ fragments: Fragments, isOnline: (User.ID) -> Bool) -> String? {
    fragments.reactions(message)
  }
}

extension Fragments {
  func reactions(_ message: Message) -> String {
    render(
      "fragments/reactions-changed",
      View(["id": message.id, "any": !message.reactions.isEmpty, "reactions": message.reactions.map(\.view)]))
  }
}
