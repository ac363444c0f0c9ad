import GRDB
import Web

/// A conversation that the viewer is in, without its messages.
struct ExportedConversation: Sendable {
  let conversation: Conversation
  let createdAt: Milliseconds
  /// Those in it, the viewer too: of a large group those of longest standing.
  let people: [User]
  let memberCount: Int
  let amount: ExportAmount
  /// The messages that are pinned.
  let pins: [Message.ID]
  /// A group's own, or the other person's.
  let name: Sentence
  let initials: String
  /// What the colour of its avatar comes from.
  let identity: Int64

  /// So many of a group are named; a person can be in hundreds of groups of thousands.
  private static let mostPeople = 100

  /// Those of `viewer`, the one with the newest message first.
  static func ids(of viewer: User.ID, in db: Database) throws -> [Conversation.ID] {
    try Conversation.ID.fetchAll(
      db,
      sql: """
        SELECT conversation.id FROM member JOIN conversation ON conversation.id = member.conversation_id
        WHERE member.user_id = ? ORDER BY newest_message_id DESC, conversation.id DESC
        """, arguments: [viewer])
  }

  /// - Returns: nil when `viewer` is not in it.
  static func find(_ id: Conversation.ID, of viewer: User.ID, in db: Database) throws
    -> ExportedConversation?
  {
    guard let conversation = try Conversation.find(id, of: viewer, in: db),
      let sight = try Sight.of(viewer, in: id, db: db)
    else { return nil }
    let people = try Row.fetchAll(
      db.cachedStatement(
        sql: """
          SELECT \(User.columns("user")) FROM member JOIN user ON user.id = member.user_id
          WHERE conversation_id = ? ORDER BY joined_at, member.user_id LIMIT ?
          """), arguments: [id, mostPeople]
    ).map { User($0) }
    let row = try Row.fetchOne(
      db.cachedStatement(sql: "SELECT created_at, member_count FROM conversation WHERE id = ?"),
      arguments: [id])
    let other = conversation.isDirect ? people.first { $0.id != viewer } : nil
    return ExportedConversation(
      conversation: conversation, createdAt: row?["created_at"] ?? 0, people: people,
      memberCount: row?["member_count"] ?? people.count,
      amount: try .of(id, sight, in: db), pins: try Pin.all(of: id, sight, in: db).map(\.message.id),
      name: other?.name ?? conversation.name.map(Sentence.verbatim) ?? Sentence("Conversation"),
      initials: other?.initials ?? Avatar.initials(of: conversation.name ?? ""),
      identity: other?.id ?? id)
  }
}

extension ExportedConversation {
  func json(in language: Language) -> ExportJSON.Conversation {
    ExportJSON.Conversation(
      id: conversation.id, kind: conversation.isDirect ? "direct" : "group", name: language.text(name),
      createdAt: Timestamp(createdAt).iso, people: people.map { ExportJSON.Person($0, in: language) },
      memberCount: memberCount,
      messageCount: amount.messages, imageCount: amount.images, pinned: pins,
      messages: "conversations/\(conversation.id)/1.json")
  }
}
