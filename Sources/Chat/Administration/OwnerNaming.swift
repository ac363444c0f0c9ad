import Foundation
import GRDB
import Web

/// Names the owner of a chat from outside the server, which may be running meanwhile.
public struct OwnerNaming: Sendable {
  private let dataFolder: URL

  public enum Outcome: Sendable {
    /// The account is the owner's now.
    case named
    /// Nobody has that email. Who opens this address, or the path where no address is known, makes the owner's account.
    case link(String)
  }

  public init(dataFolder: URL) { self.dataFolder = dataFolder }

  /// - Throws: ``CommandFailure``, or what keeps the database from being used.
  public func name(_ text: String) async throws -> Outcome {
    let path = try CommandFailure.database(in: dataFolder)
    let email: EmailAddress
    do { email = try EmailAddress(text) } catch { throw CommandFailure(error.sentence) }
    let database = try ChatDatabase(path: path, isServer: false)
    let (token, now) = (SessionToken(), Date.now.milliseconds)
    let outcome = try await database.writer.write { db -> Outcome in
      if let user = try User.credentials(email: email, in: db)?.id {
        try Ownership.give(to: user, in: db)
        return .named
      }
      try SetupLink.make(token, for: email, at: now, in: db)
      return .link((try Site.load(in: db).address ?? "") + SetupLink.path + token.text)
    }
    await database.close()
    return outcome
  }
}
