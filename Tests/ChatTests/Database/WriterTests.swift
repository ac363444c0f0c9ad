import Foundation
import GRDB
import Testing

@testable import Chat

/// Writes that share a transaction.
@Suite struct WriterTests {
  private struct Refused: Error {}

  private func with(_ body: (ChatDatabase) async throws -> Void) async throws {
    let folder = try DataFolder(TestServer.newFolder())
    let database = try ChatDatabase(path: folder.database)
    try await database.writer.write { try $0.execute(sql: "CREATE TABLE note (n INTEGER UNIQUE) STRICT") }
    try await body(database)
    await database.close()
    try FileManager.default.removeItem(at: folder.url)
  }

  @Test func oneThatFailsTakesNoOtherAlong() async throws {
    try await with { database in
      let failed = await withTaskGroup { group in
        for number in 0..<200 {
          group.addTask { () -> Int? in
            do {
              try await database.writer.write { db in
                try db.execute(sql: "INSERT INTO note VALUES (?)", arguments: [number])
                if number % 3 == 0 { throw Refused() }
              }
              return nil
            } catch is Refused { return number } catch { return -1 }
          }
        }
        return await group.reduce(into: Set<Int>()) { if let number = $1 { $0.insert(number) } }
      }
      #expect(failed == Set(0..<200).filter { $0 % 3 == 0 })
      let kept = try await database.read { try Set(Int.fetchAll($0, sql: "SELECT n FROM note")) }
      #expect(kept == Set(0..<200).filter { $0 % 3 != 0 })
    }
  }

  @Test func aLoneOneThatFailsLeavesNothing() async throws {
    try await with { database in
      await #expect(throws: Refused.self) {
        try await database.writer.write { db in
          try db.execute(sql: "INSERT INTO note VALUES (1)")
          throw Refused()
        }
      }
      let count = try await database.read { try Int.fetchOne($0, sql: "SELECT count(*) FROM note") }
      #expect(count == 0)
    }
  }

  @Test func eachGetsItsOwnAnswer() async throws {
    try await with { database in
      try await withThrowingTaskGroup { group in
        for number in 0..<100 {
          group.addTask {
            let answer = try await database.writer.write { db in
              try db.execute(sql: "INSERT INTO note VALUES (?)", arguments: [number])
              return number * 2
            }
            #expect(answer == number * 2)
          }
        }
        try await group.waitForAll()
      }
    }
  }

  @Test func whatIsAnsweredIsThere() async throws {
    try await with { database in
      for number in 0..<20 {
        try await database.writer.write {
          try $0.execute(sql: "INSERT INTO note VALUES (?)", arguments: [number])
        }
        let count = try await database.read { try Int.fetchOne($0, sql: "SELECT count(*) FROM note") }
        #expect(count == number + 1)
      }
    }
  }

  @Test func aBrokenRuleIsItsOwnFailure() async throws {
    try await with { database in
      try await database.writer.write { try $0.execute(sql: "INSERT INTO note VALUES (1)") }
      async let fine: Void = database.writer.write { try $0.execute(sql: "INSERT INTO note VALUES (2)") }
      await #expect(throws: DatabaseError.self) {
        try await database.writer.write { try $0.execute(sql: "INSERT INTO note VALUES (1)") }
      }
      try await fine
      let kept = try await database.read { try Int.fetchAll($0, sql: "SELECT n FROM note ORDER BY n") }
      #expect(kept == [1, 2])
    }
  }

  /// What is closed while much waits has written all of it, into the one file.
  @Test func closedWhileWritesWait() async throws {
    let folder = try DataFolder(TestServer.newFolder())
    let database = try ChatDatabase(path: folder.database)
    try await database.writer.write { try $0.execute(sql: "CREATE TABLE note (n INTEGER UNIQUE) STRICT") }
    let written = await withTaskGroup { group in
      for number in 0..<1_000 {
        group.addTask { () -> Int? in
          let write: Void? = try? await database.writer.write { db in
            try db.execute(sql: "INSERT INTO note VALUES (?)", arguments: [number])
          }
          return write == nil ? nil : number
        }
      }
      var written = Set<Int>()
      for await number in group {
        guard let number else { continue }
        if written.isEmpty { await database.close() }
        written.insert(number)
      }
      return written
    }
    #expect(!written.isEmpty)
    let wal = try? FileManager.default.attributesOfItem(atPath: folder.database + "-wal")[.size] as? Int
    #expect((wal ?? 0) == 0)
    let again = try ChatDatabase(path: folder.database)
    let kept = try await again.read { try Set(Int.fetchAll($0, sql: "SELECT n FROM note")) }
    #expect(kept == written)
    await again.close()
    try FileManager.default.removeItem(at: folder.url)
  }

  /// Each time that the writer comes to rest.
  @Test func whatIsLeftInTheWALMovesIntoTheFile() async throws {
    let folder = try DataFolder(TestServer.newFolder())
    let database = try ChatDatabase(path: folder.database)
    for text in ["first thing", "second thing"] {
      try await database.writer.write { db in
        try db.execute(sql: "CREATE TABLE IF NOT EXISTS saying (text TEXT)")
        try db.execute(sql: "INSERT INTO saying VALUES (?)", arguments: [text])
      }
      try await eventually("\(text) is in the file") {
        try HTML(Data(contentsOf: URL(filePath: folder.database))).contains(text)
      }
    }
    await database.close()
    try FileManager.default.removeItem(at: folder.url)
  }

  @Test func tooManyAreRefused() async throws {
    try await with { database in
      let outcomes = await withTaskGroup { group in
        group.addTask {
          // Holds up those behind it.
          (try? await database.writer.write { db in
            _ = try Int.fetchOne(
              db,
              sql:
                "WITH RECURSIVE c (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c WHERE n < 8000000) SELECT max(n) FROM c"
            )
          }) != nil
        }
        for _ in 0..<(Writer.maximumWaiting + 1_000) {
          group.addTask {
            do {
              try await database.writer.write { _ in }
              return true
            } catch { return !(error is Writer.Busy) }
          }
        }
        return await group.reduce(into: [Bool]()) { $0.append($1) }
      }
      #expect(outcomes.contains(false))
      #expect(outcomes.filter { $0 }.count >= Writer.maximumWaiting)
      try await database.writer.write { try $0.execute(sql: "INSERT INTO note VALUES (1)") }
    }
  }
}
