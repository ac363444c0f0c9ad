import Foundation
import GRDB

/// Takes a person out of the database and the uploads, in writes that are each so small that nobody else
/// waits for long, and that can each be made again: one that a stop or a crash cut off goes on at the next
/// start.
struct Erasure: Sendable {
  private static let batch = 500
  /// The most images of which rows and files go at once.
  private static let imageBatch = 100

  let database: ChatDatabase
  let uploads: Uploads
  let deletion: Deletion

  private var user: User.ID { deletion.user }

  /// The step that nobody can take back: the row becomes a tombstone, the sessions end, everyone is told.
  /// - Returns: false when it was taken back before.
  func begin() async throws -> Bool {
    let now = Date.now.milliseconds
    let (isDue, files) = try await database.writer.write { [user] db -> (Bool, [String]) in
      guard try Deletion.find(user, in: db) != nil else { return (false, []) }
      guard let found = try User.find(user, in: db), !found.isDeleted else { return (true, []) }
      let files = try Attachment.deleteUnsent(of: user, in: db)
      try db.execute(sql: "DELETE FROM known_browser WHERE user_id = ?", arguments: [user])
      try ReadMark.forget(of: user, in: db)
      try GroupMembers.leaveAll(of: user, at: now, in: db)
      try Membership.forgetEarlier(of: user, in: db)
      try Tombstone.replace(user, in: db)
      // Until its segments are merged the index of names still has the words of one that was deleted.
      try db.execute(sql: "INSERT INTO user_name (user_name) VALUES ('optimize')")
      try tell(at: now, in: db)
      try Session.endAll(of: user, at: now, in: db)
      return (true, files)
    }
    await uploads.remove(files)
    return isDue
  }

  /// Empties all that ``begin()`` left, removes copies of the database from before a migration, overwrites the bytes,
  /// and forgets the deletion itself.
  func complete() async throws {
    let hadImages = try await removeImages()
    let hadMessages = try await emptyMessages()
    try await removeReactions()
    // Pages that were made meanwhile may still show some.
    if hadImages || hadMessages {
      let now = Date.now.milliseconds
      try await database.writer.write { try tell(at: now, in: $0) }
    }
    try await removeOwnEvents()
    try await database.removeBackups()
    try await database.scrub()
    try await database.writer.write { [deletion] in try deletion.finish(in: $0) }
  }

  private func tell(at now: Milliseconds, in db: Database) throws {
    try Event.append(
      PersonGone.self, audience: .everyone, subject: user, number: deletion.keepsMessages ? 1 : 0, at: now,
      in: db)
  }

  private func removeImages() async throws -> Bool {
    var found = false
    while true {
      let files = try await database.writer.write { [user] db in
        try Attachment.delete(Self.imageBatch, of: user, in: db)
      }
      guard !files.isEmpty else { return found }
      found = true
      await uploads.remove(files)
    }
  }

  /// - Returns: whether there was something to empty.
  private func emptyMessages() async throws -> Bool {
    var found = false
    // Both ways go along the index of (author, client id): first through those that have one, which leaves
    // none with one, then through all.
    while case let ids = try await database.read({ try Message.withClientID(of: user, Self.batch, in: $0) }),
      !ids.isEmpty
    {
      found = true
      try await empty(ids)
    }
    var last: Message.ID = 0
    while case let page = try await database.read({ [last] in
      try Message.withoutClientID(of: user, after: last, Self.batch, in: $0)
    }), let newest = page.last?.id {
      let full = page.filter { $0.hasAttachments || $0.hasText && !deletion.keepsMessages }.map(\.id)
      if !full.isEmpty {
        found = true
        try await empty(full)
      }
      last = newest
    }
    return found
  }

  private func removeReactions() async throws {
    let now = Date.now.milliseconds
    while try await database.writer.write({ [user] db in
      try Reaction.delete(Self.batch, of: user, at: now, in: db)
    }) == Self.batch {}
  }

  private func empty(_ messages: [Message.ID]) async throws {
    let now = Date.now.milliseconds
    try await database.writer.write { [deletion] db in
      try Message.empty(messages, keepsText: deletion.keepsMessages, at: now, in: db)
    }
  }

  /// The log's lines that only the person could see.
  private func removeOwnEvents() async throws {
    while try await database.writer.write({ [user] db in
      try Event.deleteOwn(of: user, limit: Self.batch, in: db)
    }) == Self.batch {}
  }
}
