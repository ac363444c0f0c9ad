import GRDB

/// Whether others see when a person is online and when they were last here. Who does not show it sees it of
/// nobody.
struct Privacy: Sendable {
  var showsPresence = true

  static func of(_ user: User.ID, in db: Database) throws -> Privacy {
    let hides = try Bool.fetchOne(
      db.cachedStatement(sql: "SELECT hides_presence FROM user WHERE id = ?"), arguments: [user])
    return Privacy(showsPresence: hides != true)
  }

  /// Of one who hides nothing is kept that tells when they were here.
  /// - Returns: the event that says so.
  func save(of user: User.ID, at now: Milliseconds, in db: Database) throws -> Event.ID {
    let sql =
      showsPresence
      ? "UPDATE user SET hides_presence = 0 WHERE id = ?"
      : "UPDATE user SET hides_presence = 1, is_online = 0, last_seen_at = NULL WHERE id = ?"
    try db.execute(sql: sql, arguments: [user])
    return try Event.append(PrivacyChanged.self, audience: .only(user), subject: user, at: now, in: db)
  }

  static func hiddenUsers(in db: Database) throws -> [User.ID] {
    try User.ID.fetchAll(db, sql: "SELECT id FROM user WHERE hides_presence = 1")
  }
}
