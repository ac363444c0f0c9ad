import GRDB

/// What an event shows, read from the database when it is sent, live or replayed.
enum EventContent: Sendable {
  /// `members` are those whom it was loaded for. The rows of the sidebar by viewer for a direct conversation; one for all, under nil, for a group.
  case posted(Message, Conversation, members: [User.ID], rows: [User.ID?: SidebarRow])
  case read(rowKey: String, through: Message.ID, unread: Int, of: User.ID)
  case personNew(User)
  case personChanged(User)
  case personGone(User.ID, keepsMessages: Bool)
  case sessionEnded(Session.ID)
  case sessionReplaced(Session.ID)

  /// About what it takes as an event, at most: a message's text stands in it twice, and a character that is escaped
  /// takes up to six.
  var byteCount: Int {
    if case .posted(let message, _, _, _) = self { 2_048 + 12 * message.text.utf8.count } else { 1_024 }
  }

  /// Events of one read, each with what it shows; nil where what it tells of is gone.
  static func load(_ events: [Event], in db: Database) throws -> [(Event, EventContent?)] {
    var members: [Conversation.ID: [User.ID]] = [:]
    return try events.map { event in
      let content = try load(event, in: db) { conversation in
        if let known = members[conversation] { return known }
        let found = try Conversation.members(of: conversation, in: db)
        members[conversation] = found
        return found
      }
      return (event, content)
    }
  }

  /// - Parameter members: those of a conversation whom it is loaded for.
  /// - Returns: nil where what the event tells of is gone.
  static func load(
    _ event: Event, in db: Database, members: (Conversation.ID) throws -> [User.ID]
  ) throws -> EventContent? {
    switch event.kind {
    case .messagePosted:
      guard let message = try Message.find(event.subject, in: db),
        let conversation = try Conversation.find(message.conversation, in: db)
      else { return nil }
      let members = try members(conversation.id)
      return .posted(
        message, conversation, members: members,
        rows: try rows(message, conversation, members: members, in: db))
    case .read:
      guard case .only(let owner) = event.audience,
        let message = try Message.find(event.subject, in: db),
        let conversation = try Conversation.find(message.conversation, in: db)
      else { return nil }
      let key = conversation.other(than: owner).map { "u\($0)" } ?? "g\(conversation.id)"
      return .read(rowKey: key, through: message.id, unread: Int(event.number), of: owner)
    case .userNew:
      return try person(event.subject, in: db).map { .personNew($0) }
    case .userChanged:
      return try person(event.subject, in: db).map { .personChanged($0) }
    case .userGone:
      return .personGone(event.subject, keepsMessages: event.number == 1)
    case .sessionEnded:
      return .sessionEnded(event.subject)
    case .sessionReplaced:
      return .sessionReplaced(event.subject)
    }
  }

  private static func person(_ id: User.ID, in db: Database) throws -> User? {
    try User.find(id, in: db).flatMap { $0.isDeleted ? nil : $0 }
  }

  private static func rows(
    _ message: Message, _ conversation: Conversation, members: [User.ID], in db: Database
  ) throws -> [User.ID?: SidebarRow] {
    guard conversation.isDirect else { return [nil: try .news(message, in: conversation, for: nil, db: db)] }
    var rows: [User.ID?: SidebarRow] = [:]
    for member in members { rows[member] = try .news(message, in: conversation, for: member, db: db) }
    return rows
  }
}
