import GRDB
import Web

/// Tells one person that they are in a conversation from here on: `subject` is the conversation. A direct one shows
/// itself by its first message; a group gets a row.
struct MemberJoined: EventKind {
  static let name = "member.joined"

  let user: User.ID
  let conversation: Conversation
  let sight: Sight
  /// Of a group, as a page has it.
  let row: SidebarRow?

  static func load(_ event: Event, in db: Database) throws -> MemberJoined? {
    guard case .only(let user) = event.audience,
      let sight = try Sight.of(user, in: event.subject, db: db),
      let conversation = try Conversation.find(event.subject, in: db)
    else { return nil }
    let row =
      conversation.isDirect ? nil : try Sidebar.row(of: conversation.id, for: user, in: db)
    return MemberJoined(user: user, conversation: conversation, sight: sight, row: row)
  }

  func html(for reader: User.ID, _ fragments: Fragments, isOnline: (User.ID) -> Bool) -> String? {
    guard let row else { return nil }
    return fragments.render(
      "fragments/joined",
      View([
        "row": fragments.html(row, viewer: reader, isOnline: false), "key": conversation.key,
        "id": conversation.id,
      ]))
  }

  func arrive(at hub: isolated StreamHub) {
    if !conversation.isDirect { hub.note(sight, of: user, in: conversation.id) }
  }
}
