import GRDB
import Web

/// Why a session ended without its browser's doing: told at the log-in to the browser that still holds its
/// token, for as long as the session would have lasted.
enum EndedSession {
  enum Reason: String, Sendable {
    /// By its owner, from another browser.
    case elsewhere
    /// The password is another now.
    case passwordChanged
    /// Its owner asked, in another browser, for the account to be deleted.
    case deletion

    var sentence: Sentence {
      switch self {
      case .elsewhere: Sentence("You were logged out from another device. Log in to go on.")
      case .passwordChanged:
        Sentence("Your password was changed, so you were logged out. Log in with the new one.")
      case .deletion:
        Sentence("You asked on another device to delete your account, so you were logged out here.")
      }
    }
  }

  static func note(_ id: Session.ID, _ reason: Reason, in db: Database) throws {
    try db.execute(
      sql: """
        INSERT OR REPLACE INTO ended_session (token_hash, reason, expires_at)
        SELECT token_hash, ?, expires_at FROM session WHERE id = ?
        """, arguments: [reason.rawValue, id])
  }

  static func reason(of token: SessionToken, in db: Database) throws -> Reason? {
    try String.fetchOne(
      db, sql: "SELECT reason FROM ended_session WHERE token_hash = ?", arguments: [token.hash]
    ).flatMap { Reason(rawValue: $0) }
  }
}
