import GRDB
import Web

/// A browser that has logged in to an account before. Strangers' wrong tries at that account do not hold it
/// up: only the limit of its own address counts for it. Its token is made anew at each log-in and ends with the
/// password. Kept as a hash, the last 20 of each account.
enum KnownBrowser {
  static let cookie = "nextalk_browser"
  static let seconds = 400 * 24 * 3600
  private static let mostPerUser = 20

  static func isKnown(_ token: SessionToken, to user: User.ID, in db: Database) throws -> Bool {
    try Bool.fetchOne(
      db, sql: "SELECT EXISTS (SELECT 1 FROM known_browser WHERE user_id = ? AND token_hash = ?)",
      arguments: [user, token.hash]) ?? false
  }

  static func header(_ token: SessionToken, _ cookies: CookieJar) -> String {
    cookies.header(cookie, token.text, seconds: seconds)
  }

  static func forget(_ token: SessionToken, of user: User.ID, in db: Database) throws {
    try db.execute(
      sql: "DELETE FROM known_browser WHERE user_id = ? AND token_hash = ?", arguments: [user, token.hash])
  }

  static func forgetAll(of user: User.ID, in db: Database) throws {
    try db.execute(sql: "DELETE FROM known_browser WHERE user_id = ?", arguments: [user])
  }

  static func remember(_ token: SessionToken, of user: User.ID, at now: Milliseconds, in db: Database) throws
  {
    try db.execute(
      sql: """
        INSERT INTO known_browser (user_id, token_hash, used_at) VALUES (?, ?, ?)
        ON CONFLICT DO UPDATE SET used_at = excluded.used_at
        """, arguments: [user, token.hash, now])
    try db.execute(
      sql: """
        DELETE FROM known_browser WHERE user_id = ?1 AND token_hash NOT IN
          (SELECT token_hash FROM known_browser WHERE user_id = ?1 ORDER BY used_at DESC LIMIT ?2)
        """, arguments: [user, mostPerUser])
  }
}
