import GRDB

/// An account that is to be deleted: from its owner's word, through the time in which they can take it back,
/// until nothing of the person is left. Its row goes last, so that a deletion which was cut off goes on.
struct Deletion: Sendable {
  let user: User.ID
  let dueAt: Milliseconds
  /// Whether the texts stay, without the name.
  let keepsMessages: Bool

  private init(_ row: Row) {
    user = row["user_id"]
    dueAt = row["due_at"]
    keepsMessages = row["keeps_messages"]
  }

  static func find(_ user: User.ID, in db: Database) throws -> Deletion? {
    try Row.fetchOne(
      db, sql: "SELECT user_id, due_at, keeps_messages FROM deletion WHERE user_id = ?", arguments: [user]
    ).map { Deletion($0) }
  }

  static func all(in db: Database) throws -> [Deletion] {
    try Row.fetchAll(db, sql: "SELECT user_id, due_at, keeps_messages FROM deletion ORDER BY due_at")
      .map { Deletion($0) }
  }

  /// Asking again changes nothing: neither the time nor the choice.
  static func ask(
    of user: User.ID, dueAt: Milliseconds, keepsMessages: Bool, in db: Database
  ) throws {
    try db.execute(
      sql: "INSERT INTO deletion (user_id, due_at, keeps_messages) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
      arguments: [user, dueAt, keepsMessages])
  }

  /// - Returns: false when it is too late.
  static func undo(_ user: User.ID, at now: Milliseconds, in db: Database) throws -> Bool {
    try db.execute(sql: "DELETE FROM deletion WHERE user_id = ? AND due_at > ?", arguments: [user, now])
    return try find(user, in: db) == nil
  }

  func finish(in db: Database) throws {
    try db.execute(sql: "DELETE FROM deletion WHERE user_id = ?", arguments: [user])
  }
}
