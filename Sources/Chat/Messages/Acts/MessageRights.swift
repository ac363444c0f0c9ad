import GRDB

/// A message that somebody sees, and what they may do with it. Every act on a message asks this, and nothing else decides.
struct MessageRights: Sendable {
  let message: Message
  let conversation: Conversation
  let actor: User.ID
  private let isAdministrator: Bool
  /// Whether they may write there, which in some groups only administrators may.
  private let mayWrite: Bool

  /// - Throws: ``ChatError/notFound`` where they do not see it.
  static func of(_ actor: User.ID, on message: Message.ID, in db: Database) throws -> MessageRights {
    guard let found = try Message.find(message, visibleTo: actor, in: db),
      let conversation = try Conversation.find(found.conversation, of: actor, in: db)
    else { throw ChatError.notFound }
    let isAdministrator =
      try !conversation.isDirect && Role.of(actor, in: conversation.id, db: db) == .administrator
    return MessageRights(
      message: found, conversation: conversation, actor: actor, isAdministrator: isAdministrator,
      mayWrite: try conversation.isDirect || isAdministrator
        || Group.find(conversation.id, in: db)?.writers == .everyone)
  }

  private var isAuthor: Bool { message.author.id == actor }

  var mayReact: Bool { allows(checkMayReact) }
  var mayEdit: Bool { allows(checkMayEdit) }
  var mayDelete: Bool { allows(checkMayDelete) }
  var mayPin: Bool { allows(checkMayPin) }
  /// Whether the way to an answer is shown; sending one is checked as any sending is.
  var mayReply: Bool { mayWrite && allows(checkIsThere) }
  var mayMarkUnread: Bool { !isAuthor && message.line == nil }

  /// - Throws: ``MessageRefusal``
  func checkMayReact() throws { try checkIsThere() }

  /// - Throws: ``MessageRefusal``
  func checkMayEdit() throws {
    try checkIsMessage()
    guard isAuthor else { throw MessageRefusal.notYours }
    try checkIsThere()
  }

  /// Of what is deleted already there is nothing to delete, which is no refusal.
  /// - Throws: ``MessageRefusal``
  func checkMayDelete() throws {
    try checkIsMessage()
    guard isAuthor || isAdministrator else { throw MessageRefusal.onlyAdministratorsDelete }
  }

  /// - Throws: ``MessageRefusal``
  func checkMayPin() throws {
    try checkIsMessage()
    guard conversation.isDirect || isAdministrator else { throw MessageRefusal.onlyAdministratorsPin }
    try checkIsThere()
  }

  /// In whose name a deletion is.
  var deleter: Message.Deleter { isAuthor ? .author : .administrator }

  private func checkIsMessage() throws {
    guard message.line == nil else { throw MessageRefusal.nobodysMessage }
  }

  private func checkIsThere() throws {
    try checkIsMessage()
    guard !message.isDeleted else { throw MessageRefusal.deleted }
  }

  private func allows(_ check: () throws -> Void) -> Bool { (try? check()) != nil }
}
