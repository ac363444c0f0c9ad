import GRDB

/// Whose the chat is.
enum Ownership {
  /// Makes a person its owner. Whoever was becomes an administrator, and no link for the first owner works any more.
  static func give(to user: User.ID, in db: Database) throws {
    try db.execute(
      sql: "UPDATE user SET role = 'administrator' WHERE role = 'owner' AND id <> ?", arguments: [user])
    try db.execute(sql: "UPDATE user SET role = 'owner' WHERE id = ?", arguments: [user])
    try db.execute(sql: "UPDATE site SET awaits_owner = 0 WHERE id = 1")
    try db.execute(sql: "DELETE FROM setup_link")
  }
}
