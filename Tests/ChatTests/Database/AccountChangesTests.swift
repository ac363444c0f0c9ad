import Foundation
import GRDB
import Synchronization
import Testing

@testable import Chat

/// What is known of accounts and sessions stays known while messages are written, and no longer.
@Suite struct AccountChangesTests {
  private static let message = "UPDATE event_log SET pruned_through = pruned_through + 1"
  private static let presence = "UPDATE user SET is_online = 1 - is_online, last_seen_at = 1"
  private static let name = "UPDATE user SET full_name = full_name || '.'"

  private struct World {
    let database: ChatDatabase
    let other: ChatDatabase

    var newest: Snapshot? { database.accounts.newest(in: database.snapshot) }

    func run(_ sql: String) async throws { try await database.writer.write { try $0.execute(sql: sql) } }
    func runElsewhere(_ sql: String) async throws {
      try await other.writer.write { try $0.execute(sql: sql) }
    }
  }

  private static func with(_ body: (World) async throws -> Void) async throws {
    let folder = try DataFolder(TestServer.newFolder())
    let database = try ChatDatabase(path: folder.database)
    let other = try ChatDatabase(path: folder.database, isServer: false)
    let hash = try TestServer.quickHash()
    try await database.writer.write { db in
      let ada = try User.create(
        name: FullName("Ada"), email: EmailAddress("ada@example.org"), hash: hash, at: 1, in: db)
      try Session.begin(SessionToken(), for: ada, at: 1, in: db)
    }
    try await body(World(database: database, other: other))
    await other.close()
    await database.close()
    try FileManager.default.removeItem(at: folder.url)
  }

  @Test func messagesAndPresenceLeaveItAsItIs() async throws {
    try await Self.with { world in
      let before = try #require(world.newest)
      for sql in [Self.message, Self.presence, Self.message] {
        try await world.run(sql)
        #expect(world.newest == before)
      }
      try await world.database.scrub()
      try await world.run(Self.message)
      try await world.run(Self.message)
      let afterScrub = world.newest
      try await world.run(Self.message)
      #expect(world.newest == afterScrub)
    }
  }

  @Test(arguments: [
    name, "UPDATE user SET theme = 'dark'", "UPDATE session SET used_at = 2", "DELETE FROM session",
  ])
  func accountsAndSessionsMakeItAnother(sql: String) async throws {
    try await Self.with { world in
      let before = try #require(world.newest)
      try await world.run(sql)
      let after = try #require(world.newest)
      #expect(after != before)
      try await world.run(Self.message)
      #expect(world.newest == after)
    }
  }

  /// Whatever it wrote, and whether or not the server writes before it is asked.
  @Test func anotherProgramMakesItAnother() async throws {
    try await Self.with { world in
      var seen: [Snapshot] = []
      for writesItself in [false, true, false, true, true] {
        let before = try #require(world.newest)
        try await world.runElsewhere(Self.name)
        if writesItself { try await world.run(Self.message) }
        let after = try #require(world.newest)
        seen.append(before)
        #expect(!seen.contains(after))
      }
    }
  }

  /// A transaction that writes nothing does not take another program's for its own.
  @Test(arguments: [
    "DELETE FROM event WHERE id < 0", "UPDATE event_log SET pruned_through = pruned_through", message,
  ])
  func anotherProgramAndThenOneOfItsOwn(sql: String) async throws {
    try await Self.with { world in
      let before = try #require(world.newest)
      try await world.runElsewhere("DELETE FROM session")
      for _ in 0..<3 {
        try await world.run(sql)
        #expect(try #require(world.newest) != before)
      }
      try await world.run(Self.message)
      #expect(try #require(world.newest) != before)
    }
  }

  /// In one transaction with many others.
  @Test func aSessionAmongMessages() async throws {
    try await Self.with { world in
      let before = try #require(world.newest)
      try await withThrowingTaskGroup { group in
        for number in 0..<40 {
          group.addTask {
            try await world.run(number == 20 ? "UPDATE session SET used_at = 2" : Self.message)
          }
        }
        try await group.waitForAll()
      }
      #expect(try #require(world.newest) != before)
    }
  }

  @Test func whatIsRolledBackChangesNothing() async throws {
    try await Self.with { world in
      struct No: Error {}
      let before = try #require(world.newest)
      await #expect(throws: No.self) {
        try await world.database.writer.write { db in
          try db.execute(sql: Self.name)
          throw No()
        }
      }
      try await world.run(Self.message)
      #expect(world.newest == before)
    }
  }

  /// Also where the server writes nothing after it but what changes nothing.
  @Test func aSessionThatAnotherProgramEndsIsOver() async throws {
    try await TestServer.with { server in
      let people = try await server.people("Ada", "Ben", "Cyd")
      let (ada, ben, cyd) = (people[0], people[1], people[2])
      #expect(try await ben.write("First", to: cyd).status == 303)
      for _ in 0..<2 { #expect(try await ada.browser.get("/").status == 200) }
      try await server.database.writer.write { db in
        try db.execute(sql: "DELETE FROM session WHERE user_id = ?", arguments: [ada.id])
      }
      #expect(
        try await ben.browser.post(
          "/settings/sessions", ["others": "1", "password": Person.password]
        ).status < 400)
      #expect(try await ada.browser.get("/").status == 303)
      #expect(try await ben.write("Second", to: cyd).status == 303)
      #expect(try await ada.browser.get("/").status == 303)
    }
  }

  /// A page of someone who is logged in reads the session once, however much the others write.
  @Test func aSessionIsReadOnce() async throws {
    let reads = Mutex(0)
    let wishes = TestServer.Wishes(trace: { sql in
      if sql.contains("FROM session JOIN user") { reads.withLock { $0 += 1 } }
    })
    try await TestServer.with(wishes) { server in
      let people = try await server.people("Ada", "Ben", "Cyd")
      let (ada, ben, cyd) = (people[0], people[1], people[2])
      #expect(try await ben.write("First", to: cyd).status == 303)
      for person in [ada, ben] { #expect(try await person.browser.get("/").status == 200) }
      // That the two are online is written a moment later: a page meanwhile cannot be sure.
      try await eventually("their coming is written down") {
        try await server.database.read {
          try Int.fetchOne($0, sql: "SELECT count(*) FROM user WHERE is_online = 1") == 2
        }
      }
      #expect(reads.withLock { $0 } > 0)
      // A page that is asked for at the very instant of another commit cannot be sure and reads it again; on a
      // busy machine such an instant can be long, but not each time.
      try await eventually("five writes and pages without a reading") {
        let before = reads.withLock { $0 }
        for _ in 0..<5 {
          guard try await ben.write("More", to: cyd).status == 303 else { return false }
          guard try await ada.browser.get("/").status == 200 else { return false }
        }
        return reads.withLock { $0 } == before
      }
    }
  }
}
