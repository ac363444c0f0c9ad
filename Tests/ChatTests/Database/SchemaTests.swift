import Foundation
import GRDB
import Testing

@testable import Chat

/// How the file is set up.
@Suite struct SchemaTests {
  private func with(_ body: (ChatDatabase, URL) async throws -> Void) async throws {
    let folder = try DataFolder(TestServer.newFolder())
    let database = try ChatDatabase(path: folder.database)
    try await body(database, folder.url)
    await database.close()
    try FileManager.default.removeItem(at: folder.url)
  }

  @Test func everyTableIsStrict() async throws {
    try await with { database, _ in
      let loose = try await database.read { db in
        try String.fetchAll(
          db,
          sql: """
            SELECT name FROM pragma_table_list
            WHERE schema = 'main' AND type = 'table' AND strict = 0
            AND name NOT LIKE 'sqlite_%' AND name <> 'grdb_migrations'
            """)
      }
      #expect(loose.isEmpty)
    }
  }

  @Test func theModel() async throws {
    try await with { database, _ in
      let tables = try await database.read { db in
        try Set(String.fetchAll(db, sql: "SELECT name FROM sqlite_master WHERE type = 'table'"))
      }
      #expect(tables.isSuperset(of: ["user", "session", "conversation", "member", "message", "event"]))
    }
  }

  @Test func journalAndDurability() async throws {
    try await with { database, folder in
      let writer = try await database.writer.write { db in
        [
          try String.fetchOne(db, sql: "PRAGMA journal_mode"),
          try String.fetchOne(db, sql: "PRAGMA synchronous"),
          try String.fetchOne(db, sql: "PRAGMA foreign_keys"),
        ]
      }
      #expect(writer == ["wal", "2", "1"])
      let checkpoint = try await database.read { try Int.fetchOne($0, sql: "PRAGMA wal_autocheckpoint") }
      #expect(checkpoint == 0)
      let mode = try FileManager.default.attributesOfItem(atPath: folder.path)[.posixPermissions] as? Int
      #expect(mode == 0o700)
    }
  }

  @Test(arguments: [
    "INSERT INTO session (user_id, token_hash, created_at, used_at, expires_at) VALUES (99, x'00', 1, 1, 1)",
    "INSERT INTO message (conversation_id, author_id, text, created_at) VALUES (99, 99, 'a', 1)",
    "INSERT INTO member (conversation_id, user_id, joined_at) VALUES (99, 99, 1)",
    "INSERT INTO event (audience, kind, subject_id, created_at) VALUES ('x', 'y', 'z', 1)",
    "INSERT INTO conversation (kind, created_at) VALUES ('direct', 1)",
    "INSERT INTO conversation (kind, created_at) VALUES ('other', 1)",
    "INSERT INTO user (full_name, sort_name, email, email_key, password_hash, created_at) VALUES ('', '', '', '', '', 'now')",
  ])
  func whatDoesNotFitIsRefused(sql: String) async throws {
    try await with { database, _ in
      await #expect(throws: DatabaseError.self) {
        try await database.writer.write { try $0.execute(sql: sql) }
      }
    }
  }

  @Test func migratingAgainChangesNothing() async throws {
    try await with { database, folder in
      try await database.writer.write { try $0.execute(sql: "UPDATE event_log SET pruned_through = 5") }
      let second = try ChatDatabase(path: DataFolder(folder).database)
      let kept = try await second.read { try Event.prunedThrough(in: $0) }
      #expect(kept == 5)
      await second.close()
    }
  }
}
