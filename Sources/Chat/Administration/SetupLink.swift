import Foundation
import GRDB

/// A link that makes the owner's account, once. The database holds only the hash of its token.
struct SetupLink: Sendable {
  /// Where the page is that it leads to.
  static let path = "/setup/"
  /// How long one works that `make-owner` has made.
  static let time: Milliseconds = 7 * 24 * 3_600_000

  /// Of whom `make-owner` named; nil for whoever opens the link of a start.
  let email: String?

  /// Makes one in the place of those of earlier starts.
  static func makeForStart(_ token: SessionToken, in db: Database) throws {
    try db.execute(sql: "DELETE FROM setup_link WHERE email IS NULL")
    try db.execute(sql: "INSERT INTO setup_link (token_hash) VALUES (?)", arguments: [token.hash])
  }

  /// Makes one for an address without an account, in the place of its earlier ones.
  static func make(_ token: SessionToken, for email: EmailAddress, at now: Milliseconds, in db: Database)
    throws
  {
    try db.execute(sql: "DELETE FROM setup_link WHERE email = ?", arguments: [email.text])
    try db.execute(
      sql: "INSERT INTO setup_link (token_hash, email, expires_at) VALUES (?, ?, ?)",
      arguments: [token.hash, email.text, now + time])
  }

  /// - Returns: nil for one that was used, has expired or never was.
  static func find(_ token: SessionToken, at now: Milliseconds, in db: Database) throws -> SetupLink? {
    let row = try Row.fetchOne(
      db.cachedStatement(
        sql: "SELECT email FROM setup_link WHERE token_hash = ? AND (expires_at IS NULL OR expires_at > ?)"),
      arguments: [token.hash, now])
    return row.map { SetupLink(email: $0["email"]) }
  }
}
