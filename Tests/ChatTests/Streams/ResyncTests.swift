import GRDB
import Testing

@testable import Chat

/// Where the log does not reach, the client fetches the page again.
@Suite struct ResyncTests {
  @Test func aPrunedLog() async throws {
    try await TestServer.with { server in
      let people = try await server.people("Ada", "Ben")
      for text in ["one", "two", "three"] { try await people[0].write(text, to: people[1]) }
      let pruned = try await server.database.writer.write { db -> Int64 in
        let id = try #require(try Int64.fetchOne(db, sql: "SELECT max(id) FROM event")) - 1
        try db.execute(sql: "DELETE FROM event WHERE id <= ?", arguments: [id])
        try db.execute(sql: "UPDATE event_log SET pruned_through = ?", arguments: [id])
        return id
      }
      for after in [0, pruned - 1] {
        let stream = try await people[1].browser.events(after: after)
        let resync = try await stream.first("resync") { $0.name == "resync" }
        #expect(resync.id == nil)
        try await people[0].write("later", to: people[1])
        _ = try await stream.message("later")
        #expect(!stream.events.contains { $0.data.contains("three") })
        #expect(stream.events.filter { $0.name == "resync" }.count == 1)
      }
      let enough = try await people[1].browser.events(after: pruned)
      _ = try await enough.message("three")
      #expect(!enough.events.contains { $0.name == "resync" })
    }
  }

  @Test func aPageIsNeverOlderThanTheLog() async throws {
    try await TestServer.with { server in
      let people = try await server.people("Ada", "Ben")
      try await people[0].write("one", to: people[1])
      try await server.database.writer.write { db in
        try db.execute(sql: "DELETE FROM event")
        try db.execute(sql: "UPDATE event_log SET pruned_through = 100")
        try db.execute(sql: "UPDATE sqlite_sequence SET seq = 100 WHERE name = 'event'")
      }
      let stream = try await people[1].events()
      try await people[0].write("two", to: people[1])
      _ = try await stream.message("two")
      #expect(!stream.events.contains { $0.name == "resync" })
    }
  }

  @Test(arguments: [1_000_000, Int64.max]) func anIDFromTheFuture(after: Int64) async throws {
    try await TestServer.with { server in
      let people = try await server.people("Ada", "Ben")
      let stream = try await people[1].browser.events(after: 0, lastEventID: after)
      _ = try await stream.first("resync") { $0.name == "resync" }
      try await people[0].write("later", to: people[1])
      _ = try await stream.message("later")
    }
  }

  @Test func moreThanTwentyThousand() async throws {
    try await TestServer.with { server in
      let people = try await server.people("Ada", "Ben")
      let someone = people[0].id
      try await server.database.writer.write { db in
        try db.execute(
          sql: """
            WITH RECURSIVE number (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM number WHERE n < 20001)
            INSERT INTO event (audience, kind, subject_id, created_at)
            SELECT 0, 'user.new', ?, 1 FROM number
            """, arguments: [someone])
      }
      let stream = try await people[1].browser.events(after: 2)
      _ = try await stream.first("resync") { $0.name == "resync" }
    }
  }
}
