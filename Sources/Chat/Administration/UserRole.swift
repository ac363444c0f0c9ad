import GRDB

/// What a person may do with the chat as a whole. Groups have roles of their own.
enum UserRole: String, Sendable {
  case member
  /// Does all of the administration but what concerns the owner and other administrators.
  case administrator
  /// There is one at most.
  case owner

  var administers: Bool { self != .member }

  init(stored text: String) { self = UserRole(rawValue: text) ?? .member }

  static func of(_ user: User.ID, in db: Database) throws -> UserRole {
    let text = try String.fetchOne(
      db.cachedStatement(sql: "SELECT role FROM user WHERE id = ?"), arguments: [user])
    return text.map { UserRole(stored: $0) } ?? .member
  }
}
