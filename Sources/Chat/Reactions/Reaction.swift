import GRDB
import Web

/// What several people reacted to a message with: one emoji, and who they are, in the order in which they did.
struct Reaction: Sendable, Hashable {
  let emoji: ReactionEmoji
  let users: [User.ID]
  /// The first of them.
  let named: [User]

  /// The most kinds at one message.
  static let mostKinds = 20
  /// Those that are at hand.
  static let quick = ["👍", "❤️", "😂", "😮", "😢", "🎉"]
  /// How many people are named where there is little room.
  private static let mostNamed = 3
  private static let mostListed = 200

  /// Those of messages that have some, the kind first that came first.
  static func all(of messages: [Message.ID], in db: Database) throws -> [Message.ID: [Reaction]] {
    guard !messages.isEmpty else { return [:] }
    let rows = try Row.map(
      db.cachedStatement(
        sql: """
          SELECT message_id, emoji, user_id, created_at FROM json_each(?) JOIN reaction ON message_id = value
          """), [GroupMembers.list(messages)]
    ) { row -> (message: Message.ID, emoji: String, user: User.ID, at: Milliseconds) in
      (row["message_id"], row["emoji"], row["user_id"], row["created_at"])
    }.sorted { ($0.at, $0.user) < ($1.at, $1.user) }
    var users: [Message.ID: [String: [User.ID]]] = [:]
    var kinds: [Message.ID: [String]] = [:]
    for row in rows {
      if users[row.message]?[row.emoji] == nil { kinds[row.message, default: []].append(row.emoji) }
      users[row.message, default: [:]][row.emoji, default: []].append(row.user)
    }
    let named = Set(users.values.flatMap { $0.values.flatMap { $0.prefix(mostNamed) } })
    let people = try User.all(named, in: db)
    return kinds.reduce(into: [:]) { all, each in
      all[each.key] = each.value.map { emoji in
        let ids = users[each.key]?[emoji] ?? []
        return Reaction(
          emoji: ReactionEmoji(stored: emoji), users: ids,
          named: ids.prefix(mostNamed).compactMap { people[$0] })
      }
    }
  }

  /// Takes back so many of one person's, and tells of it.
  /// - Returns: how many there were.
  static func delete(_ limit: Int, of user: User.ID, at now: Milliseconds, in db: Database) throws -> Int {
    let messages = try Row.fetchAll(
      db,
      sql: """
        SELECT DISTINCT message.id, message.conversation_id FROM reaction
        JOIN message ON message.id = reaction.message_id WHERE reaction.user_id = ?
        ORDER BY reaction.message_id LIMIT ?
        """, arguments: [user, limit])
    for row in messages {
      let message: Message.ID = row["id"]
      try db.cachedStatement(sql: "DELETE FROM reaction WHERE user_id = ? AND message_id = ?").execute(
        arguments: [user, message])
      try Event.append(
        ReactionsChanged.self, audience: .members(of: row["conversation_id"]), subject: message,
        message: message, at: now, in: db)
    }
    return messages.count
  }

  /// Everyone who reacted to a message, as its details name them: up to ``mostListed`` a kind.
  static func listed(_ reactions: [Reaction], in db: Database) throws -> [View] {
    let people = try User.all(Set(reactions.flatMap { $0.users.prefix(mostListed) }), in: db)
    return reactions.map { reaction in
      let named = reaction.users.prefix(mostListed).compactMap { people[$0] }
      let rest = reaction.users.count - named.count
      return View([
        "emoji": reaction.emoji.shown, "people": named.map { View(["id": $0.id, "name": $0.name]) },
        "others": rest == 0 ? nil : Sentence(one: "{count} other", other: "{count} others", count: rest),
      ])
    }
  }

  /// Who reacted, as far as there is room for names.
  var people: Sentence {
    let names = named.map(\.name)
    let rest = users.count - names.count
    let others = Sentence(one: "{count} other", other: "{count} others", count: rest)
    switch (names.count, rest) {
    case (0, _): return others
    case (1, 0): return names[0]
    case (1, _): return Sentence("{first} and {others}", ["first": names[0], "others": others])
    case (2, 0): return Sentence("{first} and {second}", ["first": names[0], "second": names[1]])
    case (2, _):
      return Sentence(
        "{first}, {second} and {third}", ["first": names[0], "second": names[1], "third": others])
    case (_, 0):
      return Sentence(
        "{first}, {second} and {third}", ["first": names[0], "second": names[1], "third": names[2]])
    default:
      return Sentence(
        "{first}, {second}, {third} and {others}",
        ["first": names[0], "second": names[1], "third": names[2], "others": others])
    }
  }

  var view: View {
    View([
      "emoji": emoji.shown, "count": users.count, "people": people,
      "users": users.map(String.init).joined(separator: " "),
    ])
  }
}
