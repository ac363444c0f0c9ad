import Web

/// One event, made into the bytes that each of its viewers gets: encoded once for all who get the same.
struct EventRenderer: Sendable {
  let fragments: Fragments
  let messages: MessageFragment

  /// Who gets what.
  enum Delivery: Sendable {
    case everyone(ServerSentEvent, except: User.ID? = nil)
    case each([User.ID: ServerSentEvent])
    case same(ServerSentEvent, for: [User.ID])
  }

  /// - Parameters:
  ///   - content: of a conversation's members only those get it whom it was loaded for.
  ///   - sees: whether the first sees that the second is online.
  /// - Returns: nil for an event that is never sent.
  func delivery(
    of event: Event, _ content: EventContent,
    sees: (_ viewer: User.ID, _ person: User.ID) -> Bool
  ) -> Delivery? {
    switch content {
    case .posted(let message, let conversation, let members, let rows):
      let html = messages.html(message)
      func encoded(_ row: SidebarRow, for viewer: User.ID?) -> ServerSentEvent {
        let isOnline = if let viewer, let person = row.person { sees(viewer, person.id) } else { false }
        return ServerSentEvent(
          id: event.id,
          data: fragments.posted(
            messageHTML: html, conversationKey: conversation.key, row: row, viewer: viewer,
            isOnline: isOnline))
      }
      if let shared = rows[nil] { return .same(encoded(shared, for: nil), for: members) }
      var events: [User.ID: ServerSentEvent] = [:]
      for (member, row) in rows {
        if let member { events[member] = encoded(row, for: member) }
      }
      return .each(events)
    case .read(let rowKey, let through, let unread, let owner):
      let html = fragments.read(rowKey: rowKey, through: through, unread: unread)
      return .each([owner: ServerSentEvent(id: event.id, data: html)])
    case .personNew(let user):
      let html = fragments.personNew(user)
      // Nobody is told of themselves as someone new.
      return .everyone(ServerSentEvent(id: event.id, data: html), except: user.id)
    case .personChanged(let user):
      return .everyone(ServerSentEvent(id: event.id, data: fragments.personChanged(user)))
    case .personGone(let user, let keepsMessages):
      let html = fragments.personGone(user, keepsMessages: keepsMessages)
      return .everyone(ServerSentEvent(id: event.id, data: html), except: user)
    case .sessionEnded, .sessionReplaced:
      return nil
    }
  }

  /// What `viewer` gets of it, if anything.
  func event(
    _ event: Event, _ content: EventContent, for viewer: User.ID, online: OnlinePeople
  ) -> ServerSentEvent? {
    switch delivery(of: event, content, sees: { online.users.contains($1) }) {
    case .everyone(let encoded, let except): viewer == except ? nil : encoded
    case .each(let events): events[viewer]
    case .same(let encoded, let members): members.contains(viewer) ? encoded : nil
    case nil: nil
    }
  }
}
