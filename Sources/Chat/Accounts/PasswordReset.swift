import Foundation
import Web

/// Sets a person's password from outside the server, which may be running meanwhile: it sees in the event
/// log that the sessions have ended and ends their streams.
public struct PasswordReset: Sendable {
  private let dataFolder: URL

  public init(dataFolder: URL) { self.dataFolder = dataFolder }

  /// - Throws: ``CommandFailure``, or what keeps the database from being used.
  public func set(_ text: String, email: String) async throws {
    let path = try CommandFailure.database(in: dataFolder)
    let address: EmailAddress
    // Before anything is opened, as far as that is known.
    do { _ = try Password(text, of: [email]) } catch { throw CommandFailure(error.sentence) }
    do { address = try EmailAddress(email) } catch { throw CommandFailure(error.sentence) }
    let database = try ChatDatabase(path: path, isServer: false)
    let name = try await database.read { db in
      try User.credentials(email: address, in: db).flatMap { try User.find($0.id, in: db)?.fullName }
    }
    guard let name else { throw nobody(email) }
    let password: Password
    do { password = try Password(text, of: [name, email]) } catch {
      throw CommandFailure(error.sentence)
    }
    let hash = try await PasswordHasher(BackgroundWork(threads: 1).queue()).hash(password.text, for: .owner)
    let now = Date.now.milliseconds
    let found = try await database.writer.write { db in
      guard let user = try User.credentials(email: address, in: db)?.id else { return false }
      try User.setPassword(hash, of: user, in: db)
      try Session.endAll(of: user, because: .passwordChanged, at: now, in: db)
      return true
    }
    await database.close()
    guard found else { throw nobody(email) }
  }

  private func nobody(_ email: String) -> CommandFailure {
    CommandFailure(Sentence("Nobody has an account with the email {email}.", ["email": email]))
  }
}
