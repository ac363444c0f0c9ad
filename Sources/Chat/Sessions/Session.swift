import Foundation
import GRDB
import Web

/// A browser that is logged in: 30 days from its last use and a year at most. The browser holds 32 random bytes, the database
/// only their SHA-256, so that who reads the database cannot act as anyone.
struct Session: Sendable {
  typealias ID = Int64

  static let cookie = "nextalk_session"
  static let seconds = 30 * 24 * 3600
  /// From its log-in on, however often it is used.
  static let longestTime: Milliseconds = 365 * 24 * 3_600_000
  /// Past so many of a person the one that was not used for longest ends.
  static let mostPerUser = 50
  /// Use is written down at most this often.
  static let renewalInterval: Milliseconds = 3_600_000

  private(set) var id: ID
  let user: User
  let role: UserRole
  let usedAt: Milliseconds
  let expiresAt: Milliseconds
  /// Whether it has opened an event stream since its log-in, that is: has working modules.
  let hasStreamed: Bool
  /// How the person wants pages to look.
  let theme: Theme
  let clock: Clock

  static func find(_ token: SessionToken, at now: Milliseconds, in db: Database) throws -> Session? {
    try Row.fetchOne(
      db.cachedStatement(
        sql: """
          SELECT session.id, used_at, expires_at, has_streamed, user.theme, user.role, \(User.columns("user")),
            \(Clock.columns("user"))
          FROM session JOIN user ON user.id = session.user_id
          WHERE token_hash = ? AND expires_at > ?
          """), arguments: [token.hash, now]
    ).map { row in
      Session(
        id: row["id"], user: User(row), role: UserRole(stored: row["role"]), usedAt: row["used_at"],
        expiresAt: row["expires_at"],
        hasStreamed: row["has_streamed"], theme: Theme(stored: row["theme"]), clock: Clock(row))
    }
  }

  static func isAlive(_ id: ID, at now: Milliseconds = Date.now.milliseconds, in db: Database) throws -> Bool
  {
    try Bool.fetchOne(
      db.cachedStatement(sql: "SELECT EXISTS (SELECT 1 FROM session WHERE id = ? AND expires_at > ?)"),
      arguments: [id, now]) ?? false
  }

  /// - Parameter device: what the list of sessions tells it from others by.
  static func begin(
    _ token: SessionToken, for user: User.ID, on device: Device = Device(), at now: Milliseconds,
    in db: Database
  ) throws {
    try db.execute(sql: "DELETE FROM session WHERE expires_at <= ?", arguments: [now])
    try db.execute(sql: "DELETE FROM ended_session WHERE expires_at <= ?", arguments: [now])
    try db.execute(
      sql: """
        INSERT INTO session (user_id, token_hash, created_at, used_at, expires_at, browser, address)
        VALUES (?, ?, ?, ?, ?, ?, ?)
        """,
      arguments: [
        user, token.hash, now, now, now + Milliseconds(seconds) * 1000, device.browser, device.address,
      ])
    let surplus = try ID.fetchAll(
      db, sql: "SELECT id FROM session WHERE user_id = ? ORDER BY used_at DESC, id DESC LIMIT -1 OFFSET ?",
      arguments: [user, mostPerUser])
    // Without a note of why: whoever logs in again and again would fill the database with them.
    for id in surplus { try end(id, of: user, at: now, in: db) }
  }

  static func renew(_ id: ID, on device: Device, at now: Milliseconds, in db: Database) throws {
    try db.execute(
      sql: """
        UPDATE session SET used_at = ?, expires_at = min(?, created_at + ?), browser = ?, address = ?
        WHERE id = ?
        """,
      arguments: [
        now, now + Milliseconds(seconds) * 1000, longestTime, device.browser, device.address, id,
      ])
  }

  /// Puts a session with another token in the place of this one, for its browser alone. Whoever has a copy of the
  /// token before is shut out, with all that they have under way.
  /// - Returns: the new one.
  func replaced(by token: SessionToken, at now: Milliseconds, in db: Database) throws -> Session {
    try db.execute(
      sql: """
        INSERT INTO session
          (user_id, token_hash, created_at, used_at, expires_at, has_streamed, browser, address)
        SELECT user_id, ?, created_at, used_at, expires_at, has_streamed, browser, address
        FROM session WHERE id = ?
        """, arguments: [token.hash, id])
    var session = self
    session.id = db.lastInsertedRowID
    try db.execute(sql: "DELETE FROM session WHERE id = ?", arguments: [id])
    try Event.append(SessionReplaced.self, audience: .only(user.id), subject: id, at: now, in: db)
    return session
  }

  static func header(_ token: SessionToken, _ cookies: CookieJar) -> String {
    cookies.header(cookie, token.text, seconds: seconds)
  }

  static func noteStream(_ id: ID, in db: Database) throws {
    try db.execute(sql: "UPDATE session SET has_streamed = 1 WHERE id = ?", arguments: [id])
  }

  /// - Parameter reason: what the browser is told at its next request; nil where it knows.
  static func end(
    _ id: ID, of user: User.ID, because reason: EndedSession.Reason? = nil, at now: Milliseconds,
    in db: Database
  ) throws {
    if let reason { try EndedSession.note(id, reason, in: db) }
    try db.execute(sql: "DELETE FROM session WHERE id = ?", arguments: [id])
    try Event.append(SessionEnded.self, audience: .only(user), subject: id, at: now, in: db)
  }

  /// - Parameter kept: one that stays.
  static func endAll(
    of user: User.ID, except kept: ID? = nil, because reason: EndedSession.Reason? = nil,
    at now: Milliseconds, in db: Database
  ) throws {
    let ids = try ID.fetchAll(db, sql: "SELECT id FROM session WHERE user_id = ?", arguments: [user])
    for id in ids where id != kept { try end(id, of: user, because: reason, at: now, in: db) }
  }

  /// Where a session is used from, as words: `Firefox on Linux` and an address.
  struct Device: Sendable {
    var browser = ""
    var address = ""
  }

  /// A session as its owner's list shows it.
  struct Line: Sendable {
    let id: ID
    let device: Device
    let beganAt: Milliseconds
    let usedAt: Milliseconds
  }

  /// Those of a person, the one used last first.
  static func all(of user: User.ID, at now: Milliseconds, in db: Database) throws -> [Line] {
    try Row.fetchAll(
      db,
      sql: """
        SELECT id, browser, address, created_at, used_at FROM session
        WHERE user_id = ? AND expires_at > ? ORDER BY used_at DESC, id DESC
        """, arguments: [user, now]
    ).map {
      Line(
        id: $0["id"], device: Device(browser: $0["browser"], address: $0["address"]),
        beganAt: $0["created_at"], usedAt: $0["used_at"])
    }
  }
}
