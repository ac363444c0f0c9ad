/// Those who get an event.
enum Readers: Sendable, Equatable {
  case everyone(except: User.ID? = nil)
  case members(of: Conversation.ID)
  case people([User.ID])

  init(_ audience: Event.Audience) {
    self =
      switch audience {
      case .everyone: .everyone()
      case .members(let conversation): .members(of: conversation)
      case .only(let user): .people([user])
      }
  }

  /// Whether `viewer` is among them, who may see the event.
  func include(_ viewer: User.ID) -> Bool {
    switch self {
    case .everyone(let except): viewer != except
    case .members: true
    case .people(let people): people.contains(viewer)
    }
  }
}
