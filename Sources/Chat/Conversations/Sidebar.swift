import Foundation
import GRDB

/// A page of everyone but the viewer: those with a conversation first, by their newest message, then the
/// rest by name. Each page is found from where the last one ended, so ten thousand people open at once.
struct Sidebar: Sendable, Hashable {
  static let size = 30

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
    guard case .peopleAfter(let name, let id) = start, question.part == .all else {
      return Sidebar(rows: rows, next: nil)
    }
    // Behind the last conversation, and before people.
    if name.isEmpty, id == 0 { rows += try openGroups(question, viewer, size - rows.count, in: db) }
    let people = try people(question, viewer, (name, id), size - rows.count + 1, online, db)
    guard people.count > size - rows.count else { return Sidebar(rows: rows + people, next: nil) }
    let page = rows + people.dropLast()
    guard let last = page.last else { return Sidebar(rows: page, next: nil) }
    let next: Start =
      if let conversation = last.conversation, last.group?.isOffered != true {
        .conversationsBefore(last.position, conversation)
      } else {
        .peopleAfter(name: last.person.map { FullName.sortKey($0.fullName) } ?? " ", last.person?.id ?? 1)
      }
    return Sidebar(rows: page, next: next)
  }

  /// The newest message of a conversation that its viewer may see. One who was there from the beginning may see all.
  private static let newestInSight = """
    CASE WHEN own.after_message_id = 0 THEN conversation.newest_message_id ELSE (
      SELECT max((SELECT max(id) FROM message WHERE conversation_id = sight.conversation_id AND line IS NULL
        AND id > sight.after_message_id AND id <= sight.last_message_id))
      FROM sight WHERE sight.user_id = ?1 AND sight.conversation_id = conversation.id) END
    """

  private static let conversationRows = """
    SELECT own.*, conversation.name, conversation.picture, message.id AS message_id,
      substr(message.text, 1, \(SidebarRow.Newest.scalars)) AS text, message.created_at,
      message.attachment_count, \(User.columns("author")), \(User.columns("person"))
    FROM (
      SELECT *, max(made_after, after_message_id, ifnull(newest_id, 0)) AS position FROM (
        SELECT own.conversation_id, own.user_id, own.unread_after_message_id, own.after_message_id,
          iif(own.level = 'none', \(Loudness.forever), own.muted_until) AS muted_until,
          max(1, conversation.made_after_message_id) AS made_after,
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
      sql += " AND \(filter(question, "person.id", withGroups: true, from: 5, &arguments, online))"
    }
    sql += " ORDER BY own.position DESC, own.conversation_id DESC LIMIT ?4"
    return try rows(sql, arguments, viewer, in: db)
  }

  /// Those that everyone may come into and the viewer has not, where a name is asked for.
  private static func openGroups(
    _ question: Question, _ viewer: User.ID, _ limit: Int, in db: Database
  ) throws -> [SidebarRow] {
    guard let names = question.names, !question.onlineOnly, limit > 0 else { return [] }
    return try Row.fetchAll(
      db.cachedStatement(
        sql: """
          SELECT id, name, picture FROM conversation
          WHERE access = 'open' AND member_count > 0
            AND id IN (SELECT rowid FROM group_name WHERE group_name MATCH ?1)
            AND NOT EXISTS (SELECT 1 FROM member WHERE conversation_id = conversation.id AND user_id = ?2)
          ORDER BY sort_name, id LIMIT ?3
          """), arguments: [names, viewer, limit]
    ).map { row in
      SidebarRow(
        conversation: row["id"], person: nil,
        group: .init(name: row["name"] ?? "", picture: row["picture"], isOffered: true), newest: nil)
    }
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
          conversation: conversation, person: User(optional: row, "person"),
          group: (row["name"] as String?).map { .init(name: $0, picture: row["picture"]) }, newest: newest,
          position: row["position"], mutedUntil: row["muted_until"]))
    }
    let unread = try ReadMark.unread(of: viewer, after: marks, in: db)
    let mentioned = try Mention.unread(of: viewer, after: marks, in: db)
    let faces = try GroupFaces.of(rows.filter(\.wantsFaces).compactMap(\.conversation), in: db)
    for index in rows.indices {
      if let conversation = rows[index].conversation, let found = faces[conversation] {
        rows[index].show(found)
      }
      rows[index].unread = rows[index].conversation.flatMap { unread[$0] } ?? 0
      rows[index].mentionsViewer = rows[index].conversation.map(mentioned.contains) ?? false
    }
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
    _ question: Question, _ id: String, withGroups: Bool = false, from first: Int,
    _ arguments: inout StatementArguments,
    _ online: Set<User.ID>
  ) -> String {
    var conditions: [String] = []
    var place = first
    if let names = question.names {
      let people = "\(id) IN (SELECT rowid FROM user_name WHERE user_name MATCH ?\(place))"
      let groups = "own.conversation_id IN (SELECT rowid FROM group_name WHERE group_name MATCH ?\(place))"
      conditions.append(withGroups ? "(\(people) OR \(groups))" : people)
      place += 1
      arguments += [names]
    }
    switch question.part {
    case .all: break
    case .unread:
      conditions.append(
        """
        EXISTS (SELECT 1 FROM message AS unread WHERE unread.conversation_id = own.conversation_id
          AND unread.id > own.unread_after_message_id AND unread.author_id <> ?1 AND unread.line IS NULL
          AND \(Sight.seesMessage("unread.id", in: "unread.conversation_id", "?1")))
        """)
    case .groups: conditions.append("conversation.kind = 'group'")
    }
    if question.onlineOnly {
      conditions.append("\(id) IN (SELECT value FROM json_each(?\(place)))")
      arguments += ["[" + online.map(String.init).joined(separator: ",") + "]"]
    }
    return conditions.joined(separator: " AND ")
  }
}
