import GRDB
import Web

/// The members of a group as *Details* shows them: those online first, then by name, a page at a time.
struct MemberList: Sendable {
  static let size = 50
  /// Of those who are online so many stand first.
  private static let mostFirst = 200
  /// From so many on there is a field to find one.
  static let findable = 20

  struct Member: Sendable {
    let user: User
    let role: Role
  }

  let members: [Member]
  /// Where the next page starts, if there is one.
  let next: (name: String, id: User.ID)?

  /// - Parameters:
  ///   - online: who stands first, on the first page.
  ///   - find: a part of a name, or nothing.
  ///   - start: nil for the first page.
  static func load(
    of group: Conversation.ID, online: Set<User.ID>, find: String, after start: (name: String, id: User.ID)?,
    in db: Database
  ) throws -> MemberList {
    let everyoneOnline = GroupMembers.list(online.sorted())
    let first = try rows(
      group, find, "user.id IN (SELECT value FROM json_each(?2))", [group, everyoneOnline], ("", 0),
      limit: mostFirst, in: db)
    let rest = try rows(
      group, find, "user.id NOT IN (SELECT value FROM json_each(?2))",
      [group, GroupMembers.list(first.map(\.user.id))], start ?? ("", 0), limit: size + 1, in: db)
    let shown = rest.prefix(size)
    return MemberList(
      members: (start == nil ? first : []) + shown,
      next: rest.count > size ? shown.last.map { (FullName.sortKey($0.user.fullName), $0.user.id) } : nil)
  }

  private static func rows(
    _ group: Conversation.ID, _ find: String, _ condition: String, _ values: StatementArguments,
    _ start: (name: String, id: User.ID), limit: Int, in db: Database
  ) throws -> [Member] {
    var arguments = values + [start.name, start.id, limit]
    var named = ""
    if let names = FoldedName.question(find) {
      named = "AND user.id IN (SELECT rowid FROM user_name WHERE user_name MATCH ?6)"
      arguments += [names]
    }
    return try Row.map(
      db.cachedStatement(
        sql: """
          SELECT \(User.columns("user")), member.role AS role FROM member JOIN user ON user.id = member.user_id
          WHERE member.conversation_id = ?1 AND \(condition) AND (user.sort_name, user.id) > (?3, ?4) \(named)
          ORDER BY user.sort_name, user.id LIMIT ?5
          """), arguments
    ) { Member(user: User($0), role: Role(rawValue: $0["role"]) ?? .member) }
  }
}
