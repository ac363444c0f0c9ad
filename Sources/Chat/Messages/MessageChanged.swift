import GRDB
import Web

/// `subject` is the message, which shows something else now. Its fragment takes the place of the message where a page
/// has it, and adds it nowhere.
struct MessageChanged: EventKind {
  static let name = "message.changed"

  let message: Message

  static func load(_ event: Event, in db: Database) throws -> MessageChanged? {
    try Message.find(event.subject, in: db).map { MessageChanged(message: $0) }
  }

  var byteCount: Int { 2_048 + 6 * message.text.utf8.count }

  func html(for reader: User.ID, _ fragments: Fragments, isOnline: (User.ID) -> Bool) -> String? {
    fragments.render("fragments/message-changed", View(["message": fragments.html(message)]))
  }
}
