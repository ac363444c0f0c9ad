import Crypto
import Foundation
import GRDB

/// A browser that is logged in: 30 days from its last use. The browser holds 32 random bytes, the database
/// only their SHA-256, so that who reads the database cannot act as anyone.
struct Session: Sendable {
  typealias ID = Int64

  static let cookie = "nextalk_session"
  static let seconds = 30 * 24 * 3600
  /// Use is written down at most this often.
  static let renewalInterval: Milliseconds = 3_600_000

  let id: ID
  let user: User
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
          SELECT session.id, used_at, expires_at, has_streamed, user.theme, \(User.columns("user")),
            \(Clock.columns("user"))
          FROM session JOIN user ON user.id = session.user_id
          WHERE token_hash = ? AND expires_at > ?
          """), arguments: [token.hash, now]
    ).map {
      Session(
        id: $0[0], user: User($0, at: 5), usedAt: $0[1], expiresAt: $0[2], hasStreamed: $0[3],
        theme: Theme(stored: $0[4]), clock: Clock($0, at: 5 + User.columnCount))
    }
  }

  static func isAlive(_ id: ID, in db: Database) throws -> Bool {
    try Bool.fetchOne(
      db.cachedStatement(sql: "SELECT EXISTS (SELECT 1 FROM session WHERE id = ?)"), arguments: [id]) ?? false
  }

  static func begin(
    _ token: SessionToken, for user: User.ID, at now: Milliseconds, in db: Database
  ) throws {
    try db.execute(sql: "DELETE FROM session WHERE expires_at <= ?", arguments: [now])
    try db.execute(
      sql: """
        INSERT INTO session (user_id, token_hash, created_at, used_at, expires_at) VALUES (?, ?, ?, ?, ?)
        """, arguments: [user, token.hash, now, now, now + Milliseconds(seconds) * 1000])
  }

  static func renew(_ id: ID, at now: Milliseconds, in db: Database) throws {
    try db.execute(
      sql: "UPDATE session SET used_at = ?, expires_at = ? WHERE id = ?",
      arguments: [now, now + Milliseconds(seconds) * 1000, id])
  }

  static func noteStream(_ id: ID, in db: Database) throws {
    try db.execute(sql: "UPDATE session SET has_streamed = 1 WHERE id = ?", arguments: [id])
  }

  static func end(_ id: ID, of user: User.ID, at now: Milliseconds, in db: Database) throws {
    try db.execute(sql: "DELETE FROM session WHERE id = ?", arguments: [id])
    try Event.append(.sessionEnded, audience: .only(user), subject: id, at: now, in: db)
  }

  static func endAll(of user: User.ID, at now: Milliseconds, in db: Database) throws {
    let ids = try Int64.fetchAll(db, sql: "SELECT id FROM session WHERE user_id = ?", arguments: [user])
    for id in ids { try end(id, of: user, at: now, in: db) }
  }
}

/// 32 random bytes that a browser proves itself with, as base64url in its cookie.
struct SessionToken: Sendable {
  let text: String
  let hash: Data

  /// A new one.
  init() {
    var generator = SystemRandomNumberGenerator()
    let bytes = Data((0..<32).map { _ in UInt8.random(in: .min ... .max, using: &generator) })
    let text = bytes.base64EncodedString()
      .replacingOccurrences(of: "+", with: "-").replacingOccurrences(of: "/", with: "_")
      .replacingOccurrences(of: "=", with: "")
    self.init(text)
  }

  /// One that a browser sent.
  init(_ text: String) {
    self.text = text
    hash = Data(SHA256.hash(data: Data(text.utf8)))
  }
}
