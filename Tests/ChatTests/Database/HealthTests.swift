import Foundation
import GRDB
import Synchronization
import Testing

@testable import Chat

/// `/health`, and what works while nothing can be written.
@Suite struct HealthTests {
  @Test func wellForAnyone() async throws {
    try await TestServer.with { server in
      let answer = try await Browser(server).get("/health")
      #expect(answer.status == 200)
      #expect(answer.text.hasPrefix("{\"status\":\"ok\""))
      #expect(answer.header("Content-Type") == "application/json")
      #expect(answer.header("Cache-Control") == "no-store")
      #expect(try await Browser(server).send(.HEAD, "/health").status == 200)
    }
  }

  @Test func manyAtOnceLookOnce() async throws {
    let writes = Mutex(0)
    let wishes = TestServer.Wishes(trace: { sql in
      if sql.contains("INSERT INTO health") { writes.withLock { $0 += 1 } }
    })
    try await TestServer.with(wishes) { server in
      let start = ContinuousClock.now
      let statuses = try await withThrowingTaskGroup { group in
        for _ in 0..<100 { group.addTask { try await Browser(server).get("/health").status } }
        return try await group.reduce(into: [Int]()) { $0.append($1) }
      }
      #expect(statuses.count == 100 && statuses.allSatisfy { $0 == 200 })
      let seconds = Int((ContinuousClock.now - start) / .seconds(1))
      #expect(writes.withLock { $0 } <= 1 + seconds)
    }
  }

  /// Another program holds the file for longer than the server waits.
  @Test func readingGoesOnWhereNothingCanBeWritten() async throws {
    try await TestServer.with(.init(logsErrors: true)) { server in
      let people = try await server.people("Ada", "Ben")
      try await people[0].write("before", to: people[1])
      let path = DataFolder.path(server.folder)
      var configuration = Configuration()
      configuration.allowsUnsafeTransactions = true
      let other = try DatabaseQueue(path: path, configuration: configuration)
      try await other.writeWithoutTransaction { try $0.execute(sql: "BEGIN IMMEDIATE") }
      async let health = Browser(server).get("/health")
      async let refused = people[0].browser.post(
        "/people/\(people[1].id)/messages", ["text": "kept for later"])
      let page = try await people[1].page(with: people[0])
      #expect(page.status == 200)
      #expect(page.html.articles.count == 1)
      let answer = try await refused
      #expect(answer.status == 503)
      #expect(answer.header("Retry-After") != nil)
      #expect(answer.contains("kept for later</textarea>"))
      let ill = try await health
      #expect(ill.status == 503)
      #expect(ill.text.hasPrefix("{\"status\":\"unavailable\""))
      #expect(!ill.contains(server.folder.path))
      try await other.writeWithoutTransaction { try $0.execute(sql: "ROLLBACK") }
      try await people[0].write("after", to: people[1])
      try await eventually("well again") { try await Browser(server).get("/health").status == 200 }
    }
  }
}

extension DataFolder {
  fileprivate static func path(_ folder: URL) -> String { folder.appending(path: "nextalk.sqlite").path }
}
