import GRDB
import Web

/// How much of a conversation one person has not read, as their open pages show it: a passing event, which a stream
/// that returns gets as things stand then.
struct ReadState: Sendable {
  /// The most conversations that a returning stream is told of.
  private static let most = 300

  let rowKey: String
  /// The newest message of all when it was counted: what is newer is not in it, whether or not a stream has brought it.
  let counted: Message.ID
  let unread: Int
  let mentionsReader: Bool

  func html(_ fragments: Fragments) -> String {
    fragments.render(
      "fragments/read",
      View(["key": rowKey, "counted": counted, "unread": ReadMark.text(unread), "mentioned": mentionsReader]))
  }

  /// Of the conversations of `user` that were read since an event.
  static func since(_ event: Event.ID, of user: User.ID, in db: Database) throws -> [ReadState] {
    try states(
      of: user, where: "member.read_event_id >= max(1, ?2) ORDER BY member.read_event_id DESC LIMIT ?3",
      [user, event, most], in: db)
  }

  /// Of some conversations of `user`.
  static func of(
    _ conversations: some Sequence<Conversation.ID>, of user: User.ID, in db: Database
  ) throws -> [ReadState] {
    let list = "[" + conversations.map(String.init).joined(separator: ",") + "]"
    return try states(
      of: user, where: "member.conversation_id IN (SELECT value FROM json_each(?2))", [user, list], in: db)
  }

  private static func states(
    of user: User.ID, where condition: String, _ arguments: StatementArguments, in db: Database
  ) throws -> [ReadState] {
    let rows = try Row.map(
      db.cachedStatement(
        sql: """
          SELECT \(Conversation.columns), member.unread_after_message_id FROM member
          JOIN conversation ON conversation.id = member.conversation_id
          WHERE member.user_id = ?1 AND \(condition)
          """), arguments
    ) { (conversation: Conversation($0), after: $0["unread_after_message_id"] as Message.ID) }
    let marks = Dictionary(rows.map { ($0.conversation.id, $0.after) }) { first, _ in first }
    let unread = try ReadMark.unread(of: user, after: marks, in: db)
    let mentioned = try Mention.unread(of: user, after: marks, in: db)
    let newest =
      try Message.ID.fetchOne(db.cachedStatement(sql: "SELECT ifnull(max(id), 0) FROM message")) ?? 0
    return rows.map { conversation, _ in
      ReadState(
        rowKey: conversation.other(than: user).map { "u\($0)" } ?? "g\(conversation.id)", counted: newest,
        unread: unread[conversation.id] ?? 0, mentionsReader: mentioned.contains(conversation.id))
    }
  }
}
