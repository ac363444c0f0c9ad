import GRDB
import Web

/// A line in the talk of a group that tells what happened in it. It stands among the messages, and nobody wrote it: it
/// counts as no unread message and is no preview. It holds ids, so that it shows the names of today.
struct GroupLine: Sendable, Hashable {
  /// As the schema has it. Kinds are only ever added.
  enum Kind: String, Sendable {
    /// By its author, as all others are.
    case made
    case added, removed
    /// Of those whom it names.
    case joined, left
    /// The name is the message's text.
    case renamed
  }

  /// So many people stand in one line at most; those who come then have another line.
  static let maximumPeople = 100

  let kind: Kind
  /// Those whom it names: the first two.
  let people: [User]
  /// How many it is about.
  let count: Int

  /// - Parameter row: with `line`, of a message.
  /// - Returns: nil where somebody wrote the message.
  static func kind(of row: Row) -> Kind? { (row["line"] as String?).map { Kind(rawValue: $0) ?? .made } }

  /// The lines of messages that are some, by id.
  static func all(_ kinds: [Message.ID: Kind], in db: Database) throws -> [Message.ID: GroupLine] {
    guard !kinds.isEmpty else { return [:] }
    let people: [Message.ID: [(user: User, count: Int)]] = try Row.group(
      db.cachedStatement(
        sql: """
          SELECT message_id, count, \(User.columns("person")) FROM (
            SELECT message_id, user_id, position,
              (SELECT count(*) FROM message_person AS all_of WHERE all_of.message_id = value) AS count
            FROM json_each(?) JOIN message_person ON message_id = value AND position < 2)
          JOIN user AS person ON person.id = user_id ORDER BY message_id, position
          """), [GroupMembers.list(kinds.keys)], by: "message_id"
    ) { (User($0, "person"), $0["count"]) }
    return kinds.reduce(into: [:]) { lines, each in
      let people = people[each.key] ?? []
      lines[each.key] = GroupLine(
        kind: each.value, people: people.map(\.user), count: people.first?.count ?? 0)
    }
  }

  /// A piece of the line as the page shows it: words, or somebody's name, which changes when they change it.
  enum Part: Sendable {
    case text(String)
    case name(User)
  }

  /// - Parameter text: of the message.
  func parts(by author: User, text: String, in language: Language) -> [Part] {
    // Names stand for themselves only when the sentence is made, since each is an element of its own.
    let named = [author] + people
    let marks = named.indices.map { Self.mark($0) }
    let said = language.text(sentence(author: marks[0], people: Array(marks.dropFirst()), text: text))
    var parts: [Part] = []
    var words = ""
    for scalar in said.unicodeScalars {
      guard let index = marks.firstIndex(of: String(scalar)) else {
        words.unicodeScalars.append(scalar)
        continue
      }
      if !words.isEmpty { parts.append(.text(words)) }
      words = ""
      parts.append(.name(named[index]))
    }
    return words.isEmpty ? parts : parts + [.text(words)]
  }

  /// In the names of today.
  func sentence(by author: User, text: String) -> Sentence {
    sentence(author: author.name, people: people.map(\.name), text: text)
  }

  private func sentence(author: any Sendable, people: [any Sendable], text: String) -> Sentence {
    let whom = whom(people)
    return switch kind {
    case .made: Sentence("{author} made this group", ["author": author])
    case .added: Sentence("{author} added {people}", ["author": author, "people": whom])
    case .removed: Sentence("{author} removed {people}", ["author": author, "people": whom])
    case .joined: Sentence("{people} joined", ["people": whom])
    case .left: Sentence("{people} left", ["people": whom])
    case .renamed:
      Sentence(
        "{author} named this group {name}", ["author": author, "name": "“" + Self.unmarked(text) + "”"])
    }
  }

  private func whom(_ people: [any Sendable]) -> any Sendable {
    guard let first = people.first else { return Sentence("nobody") }
    guard people.count > 1 else { return first }
    guard count > 2 else {
      return Sentence("{first} and {second}", ["first": first, "second": people[1]])
    }
    return Sentence(
      "{first} and {others}",
      [
        "first": first,
        "others": Sentence(one: "{count} other", other: "{count} others", count: count - 1),
      ])
  }

  /// A character for private use, which no sentence has.
  private static func mark(_ index: Int) -> String {
    Unicode.Scalar(0xF8F0 + UInt32(index)).map { String($0) } ?? ""
  }

  private static func unmarked(_ text: String) -> String {
    String(String.UnicodeScalarView(text.unicodeScalars.filter { !(0xF8F0...0xF8F2).contains($0.value) }))
  }

  /// Writes a line, and its event. Where the newest message is such a line already, one takes the place of both.
  /// - Parameters:
  ///   - author: who did it; of those that came or went, the last.
  ///   - people: whom it is about.
  static func append(
    _ kind: Kind, by author: User.ID, about people: [User.ID] = [], text: String = "",
    in conversation: Conversation.ID, at now: Milliseconds, db: Database
  ) throws {
    let newest = try Row.fetchOne(
      db.cachedStatement(
        sql: """
          SELECT id, line, author_id, (SELECT count(*) FROM message_person WHERE message_id = message.id) AS count
          FROM message WHERE conversation_id = ? ORDER BY id DESC LIMIT 1
          """), arguments: [conversation])
    let before = newest.flatMap { row -> Message.ID? in
      guard Self.kind(of: row) == kind, row["count"] + people.count <= maximumPeople else { return nil }
      switch kind {
      case .made: return nil
      case .joined, .left: return row["id"]
      case .added, .removed, .renamed: return row["author_id"] == author ? row["id"] : nil
      }
    }
    try db.cachedStatement(
      sql: """
        INSERT INTO message (conversation_id, author_id, text, created_at, line)
        VALUES (?1, ?2, ?3, max(?4, ifnull((SELECT created_at FROM message WHERE conversation_id = ?1
          ORDER BY id DESC LIMIT 1), 0)), ?5)
        """
    ).execute(arguments: [conversation, author, text, now, kind.rawValue])
    let id = db.lastInsertedRowID
    var all = people
    if let before {
      all =
        try User.ID.fetchAll(
          db.cachedStatement(
            sql: "SELECT user_id FROM message_person WHERE message_id = ? ORDER BY position"),
          arguments: [before]
        ).filter { !people.contains($0) } + people
      try db.cachedStatement(sql: "DELETE FROM message WHERE id = ?").execute(arguments: [before])
    }
    let statement = try db.cachedStatement(sql: "INSERT INTO message_person VALUES (?, ?, ?)")
    for (position, person) in all.enumerated() { try statement.execute(arguments: [id, position, person]) }
    try Event.append(
      LineAppended.self, audience: .members(of: conversation), subject: id, number: before ?? 0, message: id,
      at: now, in: db)
  }
}
