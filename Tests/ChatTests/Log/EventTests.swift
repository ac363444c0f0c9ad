import Foundation
import GRDB
import Testing

@testable import Chat

/// The durable log: who may see which event.
@Suite struct EventTests {
  private func with(_ body: @escaping @Sendable (Database) throws -> Void) async throws {
    let folder = try DataFolder(TestServer.newFolder())
    let database = try ChatDatabase(path: folder.database)
    let hash = try TestServer.quickHash()
    try await database.writer.write { db in
      for name in ["Ada", "Ben", "Eve"] {
        _ = try User.create(
          name: FullName(name), email: EmailAddress("\(name)@example.org"), hash: hash, at: 1, in: db)
      }
      try body(db)
    }
    await database.close()
    try FileManager.default.removeItem(at: folder.url)
  }

  @Test func audiences() async throws {
    try await with { db in
      let conversation = try #require(try Conversation.openDirect(1, 2, at: 1, in: db))
      let all = try Event.append(PersonNew.self, audience: .everyone, subject: 3, at: 1, in: db)
      let members = try Event.append(
        MessagePosted.self, audience: .members(of: conversation.id), subject: 1, message: 1, at: 1, in: db)
      let own = try Event.append(PersonChanged.self, audience: .only(1), subject: 1, at: 1, in: db)
      func visible(_ user: Int64, after: Int64 = 5, through: Int64 = .max, limit: Int = 99) throws -> [Int64]
      {
        try Event.visible(to: user, after: after, through: through, limit: limit, in: db)
      }
      #expect(try visible(1) == [all, members, own])
      #expect(try visible(2) == [all, members])
      #expect(try visible(3) == [all])
      #expect(try visible(1, after: all) == [members, own])
      #expect(try visible(1, through: members) == [all, members])
      #expect(try visible(1, limit: 1) == [all])
      #expect(try Event.newest(visibleTo: 1, in: db) == own)
      #expect(try Event.newest(visibleTo: 2, in: db) == members)
      #expect(try Event.newest(visibleTo: 3, in: db) == all)
      #expect(try Event.newestOfAll(in: db) == own)
      #expect(try Event.all(after: 0, limit: 2, in: db).map(\.id) == [1, 2])
    }
  }

  /// A conversation and a person of the same number are not taken for each other.
  @Test func numbersOfTwoKinds() async throws {
    try await with { db in
      let one = try #require(try Conversation.openDirect(2, 3, at: 1, in: db))
      #expect(one.id == 1)
      let event = try Event.append(
        MessagePosted.self, audience: .members(of: 1), subject: 1, message: 1, at: 1, in: db)
      #expect(try !Event.visible(to: 1, after: 0, through: .max, limit: 99, in: db).contains(event))
      #expect(try Event.visible(to: 2, after: 0, through: .max, limit: 99, in: db).contains(event))
    }
  }

  @Test(arguments: [0, 1, -1, 77, -77]) func audienceNumbers(number: Int64) {
    #expect(Event.Audience(number: number).number == number)
  }

  @Test func kindsOfALaterVersionAreLeftOut() async throws {
    try await with { db in
      try db.execute(
        sql: "INSERT INTO event (audience, kind, subject_id, created_at) VALUES (0, 'group.new', 1, 1)")
      let event = try #require(try Event.all(after: 3, limit: 99, in: db).first)
      #expect(try EventKinds.load(event, in: db) == nil)
    }
  }

  @Test func anEmptyLog() async throws {
    try await with { db in
      try db.execute(sql: "DELETE FROM event")
      try db.execute(sql: "UPDATE event_log SET pruned_through = 9")
      #expect(try Event.newest(visibleTo: 1, in: db) == 9)
      #expect(try Event.newestOfAll(in: db) == 9)
      #expect(try Event.prunedThrough(in: db) == 9)
    }
  }
}
