import Foundation
import GRDB
import Testing

@testable import Chat

/// Data of an earlier version opens in this one.
@Suite struct MigrationTests {
  @Test(arguments: Migrations.migrator.migrations.dropLast())
  func everyEarlierSchemaOpens(step: String) async throws {
    let folder = try DataFolder.old(step)
    let database = try ChatDatabase(path: folder.database)
    let texts = try await database.read { db in
      let sight = try #require(try Sight.of(1, in: 1, db: db))
      return try MessagePage.load(.newest, of: 1, sight, in: db).messages.map(\.text)
    }
    #expect(texts == ["Größe", "Tür", "Hello"])
    let used = try await database.read { db in
      (try Attachment.usedBytes(of: 1, in: db), try Attachment.usedBytes(of: 2, in: db))
    }
    #expect(used.0 == 12 && used.1 == 4, "the bytes of the texts, as UTF-8")
    let found = try await database.read { db in
      try Sidebar.load(
        .init(find: "da"), viewer: 2, online: [], in: db
      ).rows.map(\.person?.fullName)
    }
    #expect(found == ["Ada"], "names are folded that an earlier version stored")
    let end = try await database.read { try Milliseconds.fetchOne($0, sql: "SELECT expires_at FROM session") }
    let isOlder = Migrations.migrator.migrations.prefix { $0 != "8 usage" }.contains(step)
    #expect(end == (isOlder ? 1 + Session.longestTime : 99_999_999_999_999))
    await database.close()
    try FileManager.default.removeItem(at: folder.url)
  }

  /// Whatever becomes of a message, its author's count goes with it.
  @Test func textsAreCountedAsTheyChange() async throws {
    let folder = try DataFolder.old("8 usage")
    let database = try ChatDatabase(path: folder.database)
    func used(after sql: String) async throws -> Int64 {
      try await database.writer.write { try $0.execute(sql: sql) }
      return try await database.read { try Attachment.usedBytes(of: 1, in: $0) }
    }
    #expect(try await used(after: "UPDATE message SET text = 'é' WHERE id = 3") == 9)
    #expect(try await used(after: "UPDATE message SET text = '' WHERE id = 1") == 2)
    #expect(try await used(after: "DELETE FROM message WHERE id = 3") == 0)
    await database.close()
    try FileManager.default.removeItem(at: folder.url)
  }
}
