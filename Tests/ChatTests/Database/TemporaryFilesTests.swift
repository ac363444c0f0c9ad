import Foundation
import GRDB
import Testing

@testable import Chat

/// SQLite keeps nothing of what people wrote in files beside the database, where nobody would delete it.
@Suite struct TemporaryFilesTests {
  @Test func aSavepointThatIsRolledBackAndASort() async throws {
    let folder = try DataFolder(TestServer.newFolder())
    let database = try ChatDatabase(path: folder.database)
    try await database.writer.write { db in
      try db.execute(
        sql: """
          CREATE TABLE note (text TEXT) STRICT;
          WITH RECURSIVE c (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c WHERE n < 20000)
          INSERT INTO note SELECT hex(randomblob(500)) FROM c
          """)
    }
    let open = try await database.writer.write { db in
      var open: [String] = []
      try db.inSavepoint {
        try db.execute(sql: "UPDATE note SET text = lower(text)")
        open = Self.openTemporaryFiles()
        return .rollback
      }
      return open
    }
    #expect(open == [])
    let sorting = try await database.read { db in
      let rows = try String.fetchCursor(db, sql: "SELECT text FROM note ORDER BY text")
      _ = try rows.next()
      let open = Self.openTemporaryFiles()
      _ = try rows.next()
      return open
    }
    #expect(sorting == [])
    await database.close()
    try FileManager.default.removeItem(at: folder.url)
  }

  /// Of this process; SQLite calls them so wherever they are.
  private static func openTemporaryFiles() -> [String] {
    let folder = "/proc/self/fd"
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    return names.compactMap { try? FileManager.default.destinationOfSymbolicLink(atPath: "\(folder)/\($0)") }
      .filter { $0.contains("etilqs") }
  }
}
