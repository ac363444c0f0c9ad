import Testing

@testable import Chat

/// Snapshots are equal only while nothing was written.
@Suite struct SnapshotTests {
  private static let write = "UPDATE event_log SET pruned_through = pruned_through + 1"

  @Test func everyCommitMakesAnother() async throws {
    let folder = try DataFolder(TestServer.newFolder())
    let (database, other) = (try ChatDatabase(path: folder.database), try ChatDatabase(path: folder.database))
    var seen: [Snapshot] = []
    func expectAnother() throws {
      let snapshot = try #require(database.snapshot)
      #expect(!seen.contains(snapshot))
      #expect(database.snapshot == snapshot && other.snapshot == snapshot)
      seen.append(snapshot)
    }
    try expectAnother()
    for writer in [database.writer, other.writer, database.writer, other.writer] {
      try await writer.write { try $0.execute(sql: Self.write) }
      try expectAnother()
    }
    await other.close()
    await database.close()
  }

  /// While others write and the WAL begins anew in between.
  @Test func oneSnapshotHoldsOneValue() async throws {
    let folder = try DataFolder(TestServer.newFolder())
    let database = try ChatDatabase(path: folder.database)
    try await withThrowingTaskGroup { group in
      group.addTask {
        for round in 1...400 {
          try await database.writer.write { try $0.execute(sql: Self.write) }
          if round.isMultiple(of: 100) { try await database.scrub() }
        }
      }
      for _ in 0..<2 {
        group.addTask {
          var known: [Snapshot: Int64] = [:]
          var value: Int64?
          while value != 400 {
            let snapshot = database.snapshot
            value = try await database.read {
              try Int64.fetchOne($0, sql: "SELECT pruned_through FROM event_log")
            }
            guard let snapshot, snapshot == database.snapshot, let value else { continue }
            #expect(known.updateValue(value, forKey: snapshot) ?? value == value)
          }
          #expect(known.count > 1)
        }
      }
      try await group.waitForAll()
    }
    await database.close()
  }

  @Test func readingChangesNothing() async throws {
    let folder = try DataFolder(TestServer.newFolder())
    let database = try ChatDatabase(path: folder.database)
    let before = try #require(database.snapshot)
    _ = try await database.read { try Int.fetchOne($0, sql: "SELECT count(*) FROM user") }
    #expect(database.snapshot == before)
    await database.close()
  }

  @Test func noneWhenClosed() async throws {
    let folder = try DataFolder(TestServer.newFolder())
    let database = try ChatDatabase(path: folder.database)
    await database.close()
    #expect(database.snapshot == nil)
  }
}
