import Foundation
import GRDB
import Web

/// Names the owner of a chat from outside the server, which may be running meanwhile.
public struct OwnerNaming: Sendable {
  private let dataFolder: URL

  public enum Outcome: Sendable {
    /// The account of this name is the owner's now.
    case named(String)
    /// Nobody has that email. Who opens this path at the chat's address makes the owner's account.
    case link(path: String)
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
      if let user = try User.credentials(email: email, in: db)?.id,
        let name = try User.find(user, in: db)?.fullName
      {
        guard try Deletion.find(user, in: db) == nil else {
          throw CommandFailure(
            Sentence("The account with the email {email} is about to be deleted.", ["email": email.text]))
        }
        try Ownership.give(to: user, in: db)
        return .named(name)
      }
      try SetupLink.make(token, for: email, at: now, in: db)
      return .link(path: SetupLink.path + token.text)
    }
    await database.close()
    return outcome
  }
}
