import GRDB
import Web

/// A conversation that the viewer is in, without its messages.
struct ExportedConversation: Sendable {
  let conversation: Conversation
  let createdAt: Milliseconds
  /// Everyone in it, the viewer too.
  let people: [User]
  let amount: ExportAmount
  /// A group's own, or the other person's.
  let name: Sentence
  let initials: String
  /// What the colour of its avatar comes from.
  let identity: Int64

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
          WHERE conversation_id = ? ORDER BY member.user_id
          """), arguments: [id]
    ).map { User($0) }
    let createdAt = try Milliseconds.fetchOne(
      db.cachedStatement(sql: "SELECT created_at FROM conversation WHERE id = ?"), arguments: [id])
    let other = conversation.isDirect ? people.first { $0.id != viewer } : nil
    return ExportedConversation(
      conversation: conversation, createdAt: createdAt ?? 0, people: people,
      amount: try .of(id, sight, in: db),
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
      messageCount: amount.messages, imageCount: amount.images,
      messages: "conversations/\(conversation.id)/1.json")
  }
}
