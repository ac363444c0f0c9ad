import Foundation
import GRDB

/// A page of everyone but the viewer: those with a conversation first, by their newest message, then the
/// rest by name. Each page is found from where the last one ended, so ten thousand people open at once.
struct Sidebar: Sendable, Hashable {
  static let size = 30

  /// Where a page starts; as text in an address.
  enum Start: Sendable, Hashable {
    case top
    /// After the conversation of this id, which stands at this message.
    case conversationsBefore(Message.ID, Conversation.ID)
    /// After the person with this name and id.
    case peopleAfter(name: String, User.ID)

    init(_ text: String) {
      let parts = text.split(separator: ".", maxSplits: 1)
      let numbers = text.split(separator: "-").compactMap { Int64($0) }
      if parts.count == 2, let id = User.ID(parts[0]) {
        self = .peopleAfter(name: String(parts[1]), id)
      } else if parts.count == 1, numbers.count == 2 {
        self = .conversationsBefore(numbers[0], numbers[1])
      } else {
        self = .top
      }
    }

    var text: String {
      switch self {
      case .top: ""
      case .conversationsBefore(let message, let id): "\(message)-\(id)"
      case .peopleAfter(let name, let id): "\(id).\(name)"
      }
    }
  }

  /// What is asked for.
  struct Question: Sendable, Hashable {
    var find = ""
    var onlineOnly = false
    var start = Start.top

    var isFiltered: Bool { onlineOnly || !words.isEmpty }

    /// The words that names must have words beginning with.
    var words: [String] {
      find.unicodeScalars.split { !$0.properties.isAlphabetic && !isDigitOrMark($0) }
        .map { String(String.UnicodeScalarView($0)) }.prefix(8).map { $0 }
    }

    /// Something was typed of which nothing can be searched for, such as only punctuation.
    var findsNothing: Bool {
      words.isEmpty && find.unicodeScalars.contains { !$0.properties.isWhitespace }
    }

    private func isDigitOrMark(_ scalar: Unicode.Scalar) -> Bool {
      switch scalar.properties.generalCategory {
      case .decimalNumber, .letterNumber, .otherNumber, .nonspacingMark, .spacingMark: true
      default: false
      }
    }
  }

  let rows: [SidebarRow]
  /// Where the next page starts, if there is one.
  let next: Start?

  /// - Parameter online: who is online; needed only when the question asks for them.
  static func load(
    _ question: Question, viewer: User.ID, online: Set<User.ID>, in db: Database
  ) throws -> Sidebar {
    guard !question.findsNothing else { return Sidebar(rows: [], next: nil) }
    var rows: [SidebarRow] = []
    var start = question.start
    if case .peopleAfter = start {
    } else {
      let before =
        if case .conversationsBefore(let message, let id) = start { (message, id) } else {
          (Message.ID.max, Conversation.ID.max)
        }
      rows = try conversations(question, viewer, before, online, db)
      if rows.count > size {
        let page = Array(rows.prefix(size))
        return Sidebar(
          rows: page, next: page.last.map { .conversationsBefore($0.position, $0.conversation ?? 0) })
      }
      start = .peopleAfter(name: "", 0)
    }
    guard case .peopleAfter(let name, let id) = start else { return Sidebar(rows: rows, next: nil) }
    let people = try people(question, viewer, (name, id), size - rows.count + 1, online, db)
    guard people.count > size - rows.count else { return Sidebar(rows: rows + people, next: nil) }
    let page = rows + people.dropLast()
    guard let last = page.last, let person = last.person else { return Sidebar(rows: page, next: nil) }
    let next =
      last.conversation == nil
      ? Start.peopleAfter(name: FullName.sortKey(person.fullName), person.id)
      : .conversationsBefore(last.position, last.conversation ?? 0)
    return Sidebar(rows: page, next: next)
  }

  /// The newest message of a conversation that its viewer may see. One who was there from the beginning may see all.
  private static let newestInSight = """
    CASE WHEN own.after_message_id = 0 THEN conversation.newest_message_id ELSE (
      SELECT max((SELECT max(id) FROM message WHERE conversation_id = sight.conversation_id
        AND id > sight.after_message_id AND id <= sight.last_message_id))
      FROM sight WHERE sight.user_id = ?1 AND sight.conversation_id = conversation.id) END
    """

  private static let conversationRows = """
    SELECT own.*, conversation.name, message.id AS message_id,
      substr(message.text, 1, \(SidebarRow.Newest.scalars)) AS text, message.created_at,
      message.attachment_count, \(User.columns("author")), \(User.columns("person"))
    FROM (
      SELECT *, max(1, after_message_id, ifnull(newest_id, 0)) AS position FROM (
        SELECT own.conversation_id, own.user_id, own.unread_after_message_id, own.after_message_id,
          \(newestInSight) AS newest_id
        FROM member AS own JOIN conversation ON conversation.id = own.conversation_id
        WHERE own.user_id = ?1 AND (conversation.kind = 'group' OR conversation.newest_message_id IS NOT NULL))
    ) AS own
    JOIN conversation ON conversation.id = own.conversation_id
    LEFT JOIN message ON message.id = own.newest_id
    LEFT JOIN user AS author ON author.id = message.author_id
    LEFT JOIN member AS other ON conversation.kind = 'direct'
      AND other.conversation_id = conversation.id AND other.user_id <> own.user_id
    LEFT JOIN user AS person ON person.id = other.user_id
    """

  private static func conversations(
    _ question: Question, _ viewer: User.ID, _ before: (Message.ID, Conversation.ID), _ online: Set<User.ID>,
    _ db: Database
  ) throws -> [SidebarRow] {
    var sql = conversationRows + " WHERE (own.position, own.conversation_id) < (?2, ?3)"
    var arguments: StatementArguments = [viewer, before.0, before.1, size + 1]
    if question.isFiltered {
      sql += " AND \(filter(question, "person.id", from: 5, &arguments, online))"
    }
    sql += " ORDER BY own.position DESC, own.conversation_id DESC LIMIT ?4"
    return try rows(sql, arguments, viewer, in: db)
  }

  /// The row of one conversation that `viewer` is in.
  static func row(of conversation: Conversation.ID, for viewer: User.ID, in db: Database) throws
    -> SidebarRow?
  {
    try rows(conversationRows + " WHERE own.conversation_id = ?2", [viewer, conversation], viewer, in: db)
      .first
  }

  private static func rows(
    _ sql: String, _ arguments: StatementArguments, _ viewer: User.ID, in db: Database
  ) throws -> [SidebarRow] {
    var marks: [Conversation.ID: Message.ID] = [:]
    var rows: [SidebarRow] = []
    let found = try Row.fetchCursor(db.cachedStatement(sql: sql), arguments: arguments)
    while let row = try found.next() {
      let (conversation, newest) = (row["conversation_id"] as Conversation.ID, newestMessage(of: row))
      let mark: Message.ID = row["unread_after_message_id"]
      if let newest, newest.id > mark { marks[conversation] = mark }
      rows.append(
        SidebarRow(
          conversation: conversation, person: User(optional: row, "person"), groupName: row["name"],
          newest: newest, position: row["position"]))
    }
    let unread = try ReadMark.unread(of: viewer, after: marks, in: db)
    for index in rows.indices { rows[index].unread = rows[index].conversation.flatMap { unread[$0] } ?? 0 }
    return rows
  }

  private static func newestMessage(of row: Row) -> SidebarRow.Newest? {
    User(optional: row, "author").map { author in
      SidebarRow.Newest(
        id: row["message_id"], author: author, text: row["text"], attachmentCount: row["attachment_count"],
        time: row["created_at"])
    }
  }

  private static func people(
    _ question: Question, _ viewer: User.ID, _ after: (name: String, id: User.ID), _ limit: Int,
    _ online: Set<User.ID>, _ db: Database
  ) throws -> [SidebarRow] {
    var sql = """
      SELECT \(User.columns("user")) FROM user
      WHERE (sort_name, id) > (?1, ?2) AND id <> ?3 AND full_name <> '' AND NOT EXISTS (
        SELECT 1 FROM conversation WHERE newest_message_id IS NOT NULL
        AND direct_key = min(user.id, ?3) || '-' || max(user.id, ?3))
      """
    var arguments: StatementArguments = [after.name, after.id, viewer, limit]
    if question.isFiltered { sql += " AND \(filter(question, "user.id", from: 5, &arguments, online))" }
    sql += " ORDER BY sort_name, id LIMIT ?4"
    return try Array(
      Row.fetchCursor(db.cachedStatement(sql: sql), arguments: arguments).map { .person(User($0)) })
  }

  /// The condition that a question sets on a person's id; its values are added to `arguments` and numbered
  /// from `first`.
  private static func filter(
    _ question: Question, _ id: String, from first: Int, _ arguments: inout StatementArguments,
    _ online: Set<User.ID>
  ) -> String {
    var conditions: [String] = []
    var place = first
    if !question.words.isEmpty {
      conditions.append("\(id) IN (SELECT rowid FROM user_name WHERE user_name MATCH ?\(place))")
      place += 1
      arguments += [question.words.map { "\"\($0)\" *" }.joined(separator: " ")]
    }
    if question.onlineOnly {
      conditions.append("\(id) IN (SELECT value FROM json_each(?\(place)))")
      arguments += ["[" + online.map(String.init).joined(separator: ",") + "]"]
    }
    return conditions.joined(separator: " AND ")
  }
}
