import GRDB
import Testing

@testable import Chat

/// Snapshots are equal only while nothing was written.
@Suite struct SnapshotTests {
  private static let write = "UPDATE event_log SET pruned_through = pruned_through + 1"

  @Test func everyCommitMakesAnother() async throws {
    let folder = try DataFolder(TestServer.newFolder())
    let (database, other) = (try ChatDatabase(path: folder.database), try ChatDatabase(path: folder.database))
    func snapshot() async throws -> Snapshot { try await #require(database.read { try Snapshot(of: $0) }) }
    let first = try await snapshot()
    #expect(try await snapshot() == first)
    try await database.writer.write { try $0.execute(sql: Self.write) }
    let second = try await snapshot()
    #expect(second != first && second.connection == first.connection)
    try await other.writer.write { try $0.execute(sql: Self.write) }
    let third = try await snapshot()
    #expect(third != second && third != first)
    #expect(try await snapshot() == third)
    await other.close()
    await database.close()
  }

  @Test func eachConnectionHasItsOwn() async throws {
    let folder = try DataFolder(TestServer.newFolder())
    let database = try ChatDatabase(path: folder.database)
    let reader = try #require(try await database.read { try Snapshot(of: $0) })
    let writer = try #require(try await database.writer.write { try Snapshot(of: $0) })
    #expect(reader.connection != writer.connection)
    await database.close()
  }
}
