import GRDB
import Web

/// Tells one person that they are in a conversation no longer: `subject` is the conversation. From here on they see
/// nothing of it.
struct MemberLeft: EventKind {
  static let name = "member.left"

  let user: User.ID
  let conversation: Conversation.ID

  static func load(_ event: Event, in db: Database) throws -> MemberLeft? {
    guard case .only(let user) = event.audience else { return nil }
    return MemberLeft(user: user, conversation: event.subject)
  }

  func html(for reader: User.ID, _ fragments: Fragments, isOnline: (User.ID) -> Bool) -> String? {
    fragments.render("fragments/left", View(["key": "g\(conversation)"]))
  }

  func arrive(at hub: isolated StreamHub) { hub.note(nil, of: user, in: conversation) }
}
