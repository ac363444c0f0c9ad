import GRDB

/// Whom or what an address means: a person, for the conversation with them, or a conversation.
enum Addressee: Sendable {
  case person(User.ID)
  case conversation(Conversation.ID)

  /// Of `/people/{person}…` or `/conversations/{conversation}…`.
  /// - Throws: ``ChatError/notFound`` where that is no number.
  init(of context: SignedInContext) throws {
    if let id = context.parameters.get("person", as: User.ID.self) {
      self = .person(id)
    } else if let id = context.parameters.get("conversation", as: Conversation.ID.self) {
      self = .conversation(id)
    } else {
      throw ChatError.notFound
    }
  }

  /// A person with whom there is no conversation yet, who may be gone, or a conversation that the viewer is in.
  /// - Throws: ``ChatError/notFound`` where there is no such, or the viewer is not in it.
  func place(
    for viewer: User.ID, showing page: MessagePage.Place = .newest, in db: Database
  ) throws -> ChatView.Place {
    switch self {
    case .person(let id):
      guard id != viewer else { throw ChatError.notFound }
      if let conversation = try Conversation.direct(viewer, id, in: db) {
        return .conversation(conversation, page)
      }
      guard let person = try User.find(id, in: db) else { throw ChatError.notFound }
      return .person(person)
    case .conversation(let id):
      guard let conversation = try Conversation.find(id, of: viewer, in: db) else {
        throw ChatError.notFound
      }
      return .conversation(conversation, page)
    }
  }
}
