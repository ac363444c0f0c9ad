import GRDB
import Web

/// `subject` is the conversation, to which other messages are pinned now. Its fragment is the line under the heading.
struct PinsChanged: EventKind {
  static let name = "pins.changed"

  let conversation: Conversation
  let pins: [Pin]
  /// Of those who came into the group later, the pins that they do not see.
  let unseen: [User.ID: Set<Message.ID>]

  static func load(_ event: Event, in db: Database) throws -> PinsChanged? {
    guard let conversation = try Conversation.find(event.subject, in: db) else { return nil }
    return try PinsChanged(conversation, in: db)
  }

  init(_ conversation: Conversation, in db: Database) throws {
    self.conversation = conversation
    pins = try Pin.all(of: conversation.id, in: db)
    var unseen: [User.ID: Set<Message.ID>] = [:]
    for pin in pins {
      let id = pin.message.id
      for user in try Sight.unseeing(id, in: conversation.id, db: db) { unseen[user, default: []].insert(id) }
    }
    self.unseen = unseen
  }

  var byteCount: Int { 1_024 + pins.reduce(0) { $0 + $1.message.text.utf8.count } }
  var isShared: Bool { unseen.isEmpty }

  func html(for reader: User.ID, _ fragments: Fragments, isOnline: (User.ID) -> Bool) -> String? {
    let seen = pins.filter { unseen[reader]?.contains($0.message.id) != true }
    return fragments.render(
      "fragments/pins-changed",
      View([
        "key": conversation.key, "pinned": Pin.bar(seen, of: conversation.id), "pins": seen.map(\.view),
      ]))
  }
}
