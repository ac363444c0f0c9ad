import GRDB

/// What a conversation of kind `group` is beside its messages: how it looks, who may come in and who may write.
struct Group: Sendable, Hashable {
  /// How one becomes a member.
  enum Access: String, Sendable {
    /// By being added by one of its administrators. To others it does not exist.
    case invited
    /// By a button: everyone on the server finds it.
    case open
  }

  enum Writers: String, Sendable {
    case everyone, administrators
  }

  /// The most members of one, and the most groups of one person.
  static let maximumMembers = 2_000
  static let maximumOfPerson = 300

  let id: Conversation.ID
  let name: String
  let description: String
  /// The name of its file.
  let picture: String?
  let access: Access
  let writers: Writers
  /// Whether those who come in see what was before.
  let showsEarlier: Bool
  let memberCount: Int

  private static let columns = """
    conversation.id, conversation.name, conversation.description, conversation.picture, conversation.access, \
    conversation.writers, conversation.shows_earlier, conversation.member_count
    """

  private init(_ row: Row) {
    id = row["id"]
    name = row["name"] ?? ""
    description = row["description"]
    picture = row["picture"]
    access = Access(rawValue: row["access"]) ?? .invited
    writers = Writers(rawValue: row["writers"]) ?? .everyone
    showsEarlier = row["shows_earlier"]
    memberCount = row["member_count"]
  }

  static func find(_ id: Conversation.ID, in db: Database) throws -> Group? {
    try Row.fetchOne(
      db.cachedStatement(sql: "SELECT \(columns) FROM conversation WHERE id = ? AND kind = 'group'"),
      arguments: [id]
    ).map { Group($0) }
  }

  /// How many groups `user` is in.
  static func count(of user: User.ID, in db: Database) throws -> Int {
    try Int.fetchOne(
      db.cachedStatement(
        sql: "SELECT groups FROM group_count WHERE user_id = ?"), arguments: [user]) ?? 0
  }

  /// Those that both are in, by name, at most `limit`.
  static func common(_ one: User.ID, _ other: User.ID, limit: Int, in db: Database) throws -> [Group] {
    try Row.map(
      db.cachedStatement(
        sql: """
          SELECT \(columns) FROM member AS own
          JOIN conversation ON conversation.id = own.conversation_id AND conversation.kind = 'group'
          JOIN member AS theirs ON theirs.conversation_id = own.conversation_id AND theirs.user_id = ?2
          WHERE own.user_id = ?1 ORDER BY conversation.sort_name, conversation.id LIMIT ?3
          """), [one, other, limit]
    ) { Group($0) }
  }

  /// Those that everyone may come into, by name.
  struct OpenPage: Sendable {
    static let size = 50

    let groups: [(group: Group, isMember: Bool)]
    /// Where the next page starts, if there is one.
    let next: (name: String, id: Conversation.ID)?

    static func load(
      after start: (name: String, id: Conversation.ID), for viewer: User.ID, in db: Database
    ) throws -> OpenPage {
      let rows = try Row.fetchAll(
        db.cachedStatement(
          sql: """
            SELECT \(columns), sort_name, EXISTS (SELECT 1 FROM member
              WHERE member.conversation_id = conversation.id AND member.user_id = ?3) AS is_member
            FROM conversation WHERE access = 'open' AND member_count > 0 AND (sort_name, id) > (?1, ?2)
            ORDER BY sort_name, id LIMIT ?4
            """), arguments: [start.name, start.id, viewer, size + 1])
      let shown = rows.prefix(size)
      return OpenPage(
        groups: shown.map { (Group($0), $0["is_member"]) },
        next: rows.count > size ? shown.last.map { ($0["sort_name"], $0["id"]) } : nil)
    }
  }
}
