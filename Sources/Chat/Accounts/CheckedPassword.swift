import GRDB
import Web

/// A password that was found right, by the hash that it was compared with. Hashing takes long, and the password may
/// be another by the time something is written because of it: so that write begins with ``confirm(in:)``.
struct CheckedPassword: Sendable {
  let user: User.ID
  let hash: PasswordHash

  /// - Throws: ``PasswordCheck/Refusal`` where another password has been stored since.
  func confirm(in db: Database) throws {
    guard try User.passwordHash(of: user, in: db)?.text == hash.text else {
      throw PasswordCheck.Refusal(
        sentence: Sentence("Your password was changed at the same time. Nothing else was changed."))
    }
  }
}
