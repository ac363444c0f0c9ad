import GRDB

/// What of a conversation a person may see: the messages and the events of the times in which they were a member, as
/// long as they are one, and what was before where the conversation shows that to newcomers.
///
/// The view `sight` in the database says who that is (see ``Migrations``). Pages, history, previews, counts, images,
/// replays and live delivery all ask it, through this type, and nothing else decides it.
struct Sight: Sendable, Hashable {
  /// From one membership: what came after, and through the end of it.
  struct Period: Sendable, Hashable {
    /// Messages past the first id, through the last; the same for events.
    let messages: Span
    let events: Span

    fileprivate init(_ row: Row) {
      messages = Span(after: row["after_message_id"], last: row["last_message_id"])
      events = Span(after: row["after_event_id"], last: row["last_event_id"])
    }
  }

  /// Empty where the two are the same.
  struct Span: Sendable, Hashable {
    let after: Int64
    let last: Int64

    func contains(_ id: Int64) -> Bool { id > after && id <= last }
  }

  /// Never empty.
  let periods: [Period]

  /// - Returns: nil where the person is no member.
  static func of(_ user: User.ID, in conversation: Conversation.ID, db: Database) throws -> Sight? {
    let periods = try Row.map(
      db.cachedStatement(
        sql: """
          SELECT after_message_id, last_message_id, after_event_id, last_event_id FROM sight
          WHERE user_id = ? AND conversation_id = ?
          """), [user, conversation]
    ) { Period($0) }
    return periods.isEmpty ? nil : Sight(periods: periods)
  }

  /// Those of a person in groups.
  static func ofGroups(_ user: User.ID, in db: Database) throws -> [Conversation.ID: Sight] {
    let periods: [Conversation.ID: [Period]] = try Row.group(
      db.cachedStatement(
        sql: """
          SELECT conversation_id, after_message_id, last_message_id, after_event_id, last_event_id FROM sight
          WHERE user_id = ? AND is_group
          """), [user], by: "conversation_id"
    ) { Period($0) }
    return periods.mapValues { Sight(periods: $0) }
  }

  /// Whether all of the conversation is in sight.
  var isWhole: Bool { periods.contains { $0.messages == Span(after: 0, last: .max) } }

  func sees(_ event: Event) -> Bool {
    guard periods.contains(where: { $0.events.contains(event.id) }) else { return false }
    return event.message.map { message in periods.contains { $0.messages.contains(message) } } ?? true
  }

  func sees(message: Message.ID) -> Bool { periods.contains { $0.messages.contains(message) } }

  /// The members of a conversation who do not see one of its messages.
  static func unseeing(
    _ message: Message.ID, in conversation: Conversation.ID, db: Database
  ) throws -> Set<User.ID> {
    try User.ID.fetchSet(
      db.cachedStatement(
        sql: """
          SELECT user_id FROM member WHERE conversation_id = ?1 AND after_message_id >= ?2
            AND NOT \(seesMessage("?2", in: "?1", "member.user_id"))
          """), arguments: [conversation, message])
  }

  /// Whether a message is in sight, as SQL.
  /// - Parameter message: the column of its id.
  func condition(_ message: String) -> String {
    let spans = periods.map { "\(message) > \($0.messages.after) AND \(message) <= \($0.messages.last)" }
    return "(" + spans.joined(separator: " OR ") + ")"
  }

  /// Whether a row of the log about a conversation is in sight, as SQL.
  /// - Parameters:
  ///   - event: the alias of the table.
  ///   - user: the number of the parameter that is the person's id.
  static func seesEvent(_ event: String, _ user: String) -> String {
    """
    (EXISTS (SELECT 1 FROM sight WHERE sight.user_id = \(user)
      AND sight.conversation_id = \(event).audience
      AND \(event).id > sight.after_event_id AND \(event).id <= sight.last_event_id)
    AND (\(event).message_id IS NULL OR \(seesMessage("\(event).message_id", in: "\(event).audience", user))))
    """
  }

  /// Whether a message is in sight, as SQL, for one person in whatever conversation.
  static func seesMessage(_ message: String, in conversation: String, _ user: String) -> String {
    """
    EXISTS (SELECT 1 FROM sight WHERE sight.user_id = \(user) AND sight.conversation_id = \(conversation)
      AND \(message) > sight.after_message_id AND \(message) <= sight.last_message_id)
    """
  }
}
