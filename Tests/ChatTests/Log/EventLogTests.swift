import Foundation
import GRDB
import Logging
import Testing

@testable import Chat

/// The log keeps its bounds, and remembers what it gave up.
@Suite struct EventLogTests {
  private func with(_ times: [Int64], _ body: (ChatDatabase) async throws -> Void) async throws {
    let folder = try DataFolder(TestServer.newFolder())
    let database = try ChatDatabase(path: folder.database)
    try await database.writer.write { db in
      for time in times {
        try Event.append(PersonNew.self, audience: .everyone, subject: 1, at: time, in: db)
      }
    }
    try await body(database)
    await database.close()
    try FileManager.default.removeItem(at: folder.url)
  }

  private func state(_ database: ChatDatabase) async throws -> [Int64] {
    try await database.read { db in
      [try Event.prunedThrough(in: db)] + (try Event.all(after: 0, limit: 9_999, in: db).map(\.id))
    }
  }

  @Test func byAge() async throws {
    try await with([10, 20, 30, 40]) { database in
      let log = EventLog(
        database: database, logger: Logger(label: "test"), limits: .init(age: 20, count: 100))
      try await log.prune(at: 30)
      #expect(try await state(database) == [0, 1, 2, 3, 4])
      try await log.prune(at: 50)
      #expect(try await state(database) == [2, 3, 4])
      try await log.prune(at: 51)
      #expect(try await state(database) == [3, 4])
      try await log.prune(at: 1_000)
      #expect(try await state(database) == [4])
      let next = try await database.writer.write {
        try Event.append(PersonNew.self, audience: .everyone, subject: 1, at: 1_000, in: $0)
      }
      #expect(next == 5, "ids are never given again")
    }
  }

  @Test func byNumber() async throws {
    try await with(Array(repeating: 10, count: 2_500)) { database in
      let log = EventLog(
        database: database, logger: Logger(label: "test"), limits: .init(age: 1_000, count: 100))
      try await log.prune(at: 10)
      #expect(try await state(database) == [2_400] + Array(2_401...2_500))
      try await log.prune(at: 10)
      #expect(try await state(database).count == 101)
    }
  }

  @Test func anEmptyLog() async throws {
    try await with([]) { database in
      try await EventLog(database: database, logger: Logger(label: "test")).prune()
      #expect(try await state(database) == [0])
    }
  }
}
