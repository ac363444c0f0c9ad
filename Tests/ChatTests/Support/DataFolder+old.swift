import Foundation
import GRDB

@testable import Chat

extension DataFolder {
  /// A folder as the version left it that knew the schema up to a step, with two people who have talked.
  static func old(_ step: String) throws -> DataFolder {
    let folder = try DataFolder(TestServer.newFolder())
    let queue = try DatabaseQueue(path: folder.database)
    try queue.writeWithoutTransaction { db in
      ChatDatabase.addFunctions(to: db)
      try db.execute(sql: "PRAGMA journal_mode = WAL")
    }
    try Migrations.migrator.migrate(queue, upTo: step)
    try queue.write { db in
      for name in ["Ada", "Ben"] {
        try db.execute(
          sql: """
            INSERT INTO user (full_name, sort_name, email, email_key, password_hash, created_at)
            VALUES (?1, ?1, ?1, ?1, '', 1)
            """, arguments: [name])
      }
      try db.execute(
        sql: """
          INSERT INTO conversation (kind, direct_key, created_at, newest_message_id)
          VALUES ('direct', '1-2', 1, 3);
          INSERT INTO member (conversation_id, user_id, joined_at) VALUES (1, 1, 1), (1, 2, 1);
          INSERT INTO message (conversation_id, author_id, text, created_at)
          VALUES (1, 1, 'Größe', 1), (1, 2, 'Tür', 2), (1, 1, 'Hello', 3);
          INSERT INTO session (user_id, token_hash, created_at, used_at, expires_at)
          VALUES (1, x'00', 1, 2, 99999999999999);
          """)
    }
    try queue.close()
    return folder
  }

  /// What stands in it, by name, without SQLite's shared memory.
  func files() throws -> [String: Data] {
    let names = try FileManager.default.contentsOfDirectory(atPath: url.path).filter { !$0.hasSuffix("-shm") }
    return try Dictionary(
      uniqueKeysWithValues: names.map { ($0, try Data(contentsOf: url.appending(path: $0))) })
  }

  func has(_ name: String) -> Bool { FileManager.default.fileExists(atPath: url.appending(path: name).path) }
}
