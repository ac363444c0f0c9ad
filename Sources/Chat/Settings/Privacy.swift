import GRDB

/// What others are told of a person: when they are online and when they were last here, what they have read, and that
/// they are typing. Who does not tell is not told.
struct Privacy: Sendable {
  var showsPresence = true
  var showsReading = true
  var showsTyping = true

  static func of(_ user: User.ID, in db: Database) throws -> Privacy {
    let row = try Row.fetchOne(
      db.cachedStatement(sql: "SELECT hides_presence, hides_reading, hides_typing FROM user WHERE id = ?"),
      arguments: [user])
    guard let row else { return Privacy() }
    return Privacy(
      showsPresence: !row["hides_presence"], showsReading: !row["hides_reading"],
      showsTyping: !row["hides_typing"])
  }

  /// Of one who hides nothing is kept that tells when they were here.
  /// - Returns: the event that says so.
  func save(of user: User.ID, at now: Milliseconds, in db: Database) throws -> Event.ID {
    let sql =
      showsPresence
      ? "UPDATE user SET hides_presence = 0, hides_reading = ?2, hides_typing = ?3 WHERE id = ?1"
      : """
      UPDATE user SET hides_presence = 1, is_online = 0, last_seen_at = NULL, hides_reading = ?2, hides_typing = ?3
      WHERE id = ?1
      """
    try db.execute(sql: sql, arguments: [user, !showsReading, !showsTyping])
    return try Event.append(PrivacyChanged.self, audience: .only(user), subject: user, at: now, in: db)
  }

  /// Those who do not tell that they are typing.
  static func silentTypers(in db: Database) throws -> [User.ID] {
    try User.ID.fetchAll(db, sql: "SELECT id FROM user WHERE hides_typing = 1")
  }

  static func hiddenUsers(in db: Database) throws -> [User.ID] {
    try User.ID.fetchAll(db, sql: "SELECT id FROM user WHERE hides_presence = 1")
  }
}
