import GRDB
import Web

/// `subject` is the message that is the line, `number` the one that it takes the place of, or 0.
struct LineAppended: EventKind {
  static let name = "group.line"

  let conversation: Conversation.ID
  /// Nil where another one has taken its place in turn; what it took the place of goes all the same.
  let line: Message?
  let replaced: Message.ID

  static func load(_ event: Event, in db: Database) throws -> LineAppended? {
    guard case .members(let conversation) = event.audience else { return nil }
    return LineAppended(
      conversation: conversation, line: try Message.find(event.subject, in: db), replaced: event.number)
  }

  func html(for reader: User.ID, _ fragments: Fragments, isOnline: (User.ID) -> Bool) -> String? {
    guard line != nil || replaced != 0 else { return nil }
    return fragments.render(
      "fragments/line-appended",
      View([
        "key": "g\(conversation)", "line": line.map { fragments.html($0) },
        "replaced": replaced == 0 ? nil : replaced,
      ]))
  }
}
