import Foundation
import GRDB
import Synchronization
import Testing
import Web

@testable import Chat

/// The write-ahead log stays short, whatever readers do.
@Suite struct WriteAheadLogTests {
  private struct World: Sendable {
    let folder: DataFolder
    let database: ChatDatabase

    /// Fifty pages: new ones and those in whose place they are.
    func write(_ number: Int) async throws {
      try await database.writer.write { db in
        try db.execute(
          sql: "INSERT OR REPLACE INTO note VALUES (?, randomblob(100000))", arguments: [number % 10])
      }
    }

    var logSize: Int {
      get throws {
        try FileManager.default.attributesOfItem(atPath: folder.database + "-wal")[.size] as? Int ?? 0
      }
    }
  }

  private func with(_ body: (World) async throws -> Void) async throws {
    let folder = try DataFolder(TestServer.newFolder())
    let database = try ChatDatabase(path: folder.database)
    try await database.writer.write {
      try $0.execute(sql: "CREATE TABLE note (n INTEGER PRIMARY KEY, bytes BLOB) STRICT")
    }
    try await body(World(folder: folder, database: database))
    await database.close()
    try FileManager.default.removeItem(at: folder.url)
  }

  /// However few the writes are that bring them.
  @Test func pagesCount() async throws {
    try await with { world in
      for number in 0..<120 { try await world.write(number) }
      #expect(try world.logSize < CheckpointPlan.mostPages * 4_096 / 2)
    }
  }

  /// Each read ends only when another has begun after it, so that there is always one that began before the last
  /// commit.
  private final class Relay: Sendable {
    private let begun = Mutex(0)
    private let isOver = Atomic(false)

    func end() { isOver.store(true, ordering: .relaxed) }

    func run(_ pool: DatabasePool) throws {
      while !isOver.load(ordering: .relaxed) {
        try pool.read { db in
          _ = try Int.fetchOne(db, sql: "SELECT count(*) FROM note")
          let number = begun.withLock { begun in
            begun += 1
            return begun
          }
          while begun.withLock({ $0 }) == number, !isOver.load(ordering: .relaxed) { usleep(200) }
          usleep(2_000)
        }
      }
    }
  }

  @Test func readersThatNeverLeaveAGap() async throws {
    try await with { world in
      let relay = Relay()
      let threads = BlockingThreads(2)
      try await withThrowingTaskGroup { group in
        for _ in 0..<2 {
          group.addTask { try await threads.run { try relay.run(world.database.pool) } }
        }
        var longest = 0
        var seen: Set<Snapshot> = []
        for number in 0..<800 {
          try await world.write(number)
          longest = max(longest, try world.logSize)
          // As much as a busy server writes, however fast the disk is.
          try await Task.sleep(for: .milliseconds(2))
          // Also where the log has started over in between.
          #expect(seen.insert(try #require(world.database.snapshot)).inserted)
        }
        relay.end()
        try await group.waitForAll()
        // More than twice as much was written.
        #expect(longest < 4 * WriteAheadLog.sizeLimit, "\(longest) bytes")
      }
    }
  }

  /// As another program does that holds a transaction open.
  @Test func aReaderThatStays() async throws {
    try await with { world in
      var configuration = Configuration()
      configuration.allowsUnsafeTransactions = true
      configuration.readonly = true
      let other = try DatabaseQueue(path: world.folder.database, configuration: configuration)
      try await world.write(0)
      try await other.writeWithoutTransaction { db in
        try db.execute(sql: "BEGIN")
        _ = try Int.fetchOne(db, sql: "SELECT count(*) FROM note")
      }
      var times: [Duration] = []
      for number in 0..<240 {
        let start = ContinuousClock.now
        try await world.write(number)
        times.append(.now - start)
      }
      // Waiting for the reader would come again and again; once, the machine itself may stand still for a moment.
      #expect(times.sorted().dropLast().allSatisfy { $0 < .seconds(3) }, "writes go on")
      #expect(try world.logSize > WriteAheadLog.sizeLimit)
      try await other.writeWithoutTransaction { try $0.execute(sql: "COMMIT") }
      try await eventually("the log is short again") {
        try await world.database.writer.write {
          try $0.execute(sql: "UPDATE note SET bytes = randomblob(9) WHERE n = 0")
        }
        return try world.logSize <= WriteAheadLog.sizeLimit
      }
      try other.close()
    }
  }
}
