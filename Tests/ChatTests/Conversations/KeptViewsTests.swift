import Foundation
import GRDB
import Logging
import Synchronization
import Testing

@testable import Chat

/// A page is kept as long as nothing that it shows has changed.
@Suite struct KeptViewsTests {
  private final class Reads: Sendable {
    private let count = Mutex(0)

    var wishes: TestServer.Wishes {
      .init(trace: { sql in
        if sql.contains("FROM message JOIN user AS author") { self.count.withLock { $0 += 1 } }
      })
    }

    func during(_ body: () async throws -> Void) async throws -> Int {
      let before = count.withLock { $0 }
      try await body()
      return count.withLock { $0 } - before
    }
  }

  private static func with(
    _ body: (TestServer, Reads, [Person]) async throws -> Void
  ) async throws {
    let reads = Reads()
    try await TestServer.with(reads.wishes) { server in
      let people = try await server.people("Ada", "Ben", "Cem", "Dan")
      try await people[0].write("Hello", to: people[1])
      try await people[2].write("Hello", to: people[3])
      for _ in 0..<2 { _ = try await people[1].browser.get("/conversations/1") }
      try await body(server, reads, people)
    }
  }

  @Test func othersWrite() async throws {
    try await Self.with { server, reads, people in
      for number in 0..<5 {
        try await people[2].write("more \(number)", to: people[3])
        _ = try await people[3].page(with: people[2])
        _ = try await people[3].browser.get("/")
        _ = try await server.app.database.writer.write {
          try $0.execute(sql: "UPDATE health SET checked_at = 1")
        }
        let again = try await reads.during {
          let page = try await people[1].browser.get("/conversations/1")
          #expect(page.status == 200)
        }
        #expect(again == 0)
      }
    }
  }

  /// Nobody sees that what was deleted a moment ago is gone for good now.
  @Test func aDeletionIsFinal() async throws {
    try await Self.with { server, reads, people in
      let id = try await people[2].newestMessage(with: people[3])
      try await people[2].act("delete", on: id)
      _ = try await people[1].browser.get("/conversations/1")
      try await server.letPass()
      for _ in 0..<2 { _ = try await people[1].browser.get("/conversations/1") }
      let again = try await reads.during {
        try await server.app.withdrawals.finish(before: Date.now.milliseconds)
        _ = try await people[1].browser.get("/conversations/1")
      }
      #expect(again == 0)
      #expect(try await people[2].act("delete/undo", on: id).status == 409)
    }
  }

  @Test(arguments: ["a message", "a name", "another program", "a write that tells nobody", "a new talk"])
  func whatChangesIt(what: String) async throws {
    try await Self.with { server, reads, people in
      switch what {
      case "a message": try await people[0].write("again", to: people[1])
      case "a name": _ = try await people[3].browser.post("/profile", ["fullName": "Daniela"])
      case "another program":
        try await server.database.writer.write {
          try $0.execute(sql: "UPDATE message SET text = 'changed' WHERE id = 1")
        }
      case "a write that tells nobody":
        try await server.app.database.writer.write {
          try $0.execute(sql: "UPDATE message SET text = 'changed' WHERE id = 1")
        }
      default: try await people[2].write("for Ben", to: people[1])
      }
      let again = try await reads.during {
        let page = try await people[1].browser.get("/conversations/1")
        let text =
          switch what {
          case "a message": "again"
          case "a name": "Daniela"
          case "a new talk": "for Ben"
          default: "changed"
          }
        #expect(page.contains(text))
      }
      #expect(again == 1)
    }
  }

  /// A page that named an event which the log no longer reaches would be fetched again and again.
  @Test func aLogThatWasPruned() async throws {
    try await Self.with { server, _, people in
      let before = try #require(try await people[1].browser.get("/conversations/1").html.event)
      for _ in 0..<3 { try await people[2].write("more", to: people[3]) }
      let log = EventLog(
        database: server.app.database, logger: Logger(label: "test"), limits: .init(count: 1))
      try await log.prune()
      let after = try #require(try await people[1].browser.get("/conversations/1").html.event)
      let pruned = try await server.database.read { try Event.prunedThrough(in: $0) }
      #expect(pruned > before && after >= pruned)
      let stream = try await people[1].browser.events(after: after)
      try await people[0].write("the end", to: people[1])
      _ = try await stream.message("the end")
      #expect(!stream.events.contains { $0.name == "resync" })
    }
  }

  /// One that is rolled back makes nothing old, and what comes after it is seen.
  @Test func aWriteThatFails() async throws {
    try await Self.with { server, reads, people in
      struct No: Error {}
      await #expect(throws: No.self) {
        try await server.app.database.writer.write { db in
          try db.execute(sql: "UPDATE message SET text = 'changed' WHERE id = 1")
          throw No()
        }
      }
      let again = try await reads.during { _ = try await people[1].browser.get("/conversations/1") }
      #expect(again == 0)
      try await people[0].write("again", to: people[1])
      #expect(try await people[1].browser.get("/conversations/1").contains("again"))
    }
  }
}
