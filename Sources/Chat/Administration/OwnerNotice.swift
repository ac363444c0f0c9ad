import GRDB
import Web

/// What whoever starts the server is to know of its owner, where it has none.
public enum OwnerNotice: Sendable, Equatable {
  /// Nobody has had an account yet. Who opens this path makes the owner's.
  case setup(path: String)
  /// There are people, and none of them is the owner.
  case nobody

  /// Makes the link of this start, where one is wanted.
  static func make(in database: ChatDatabase) async throws -> OwnerNotice? {
    let token = SessionToken()
    return try await database.writer.write { db in
      guard try Site.awaitsOwner(in: db) else { return try Site.hasOwner(in: db) ? nil : .nobody }
      try SetupLink.makeForStart(token, in: db)
      return .setup(path: SetupLink.path + token.text)
    }
  }
}
