import Chat
import Foundation
import GRDB
import Testing

@testable import Bench

/// A made data folder: as much of everything as was asked for, and whole.
@Suite struct DatasetTests {
  @Test(arguments: [
    Dataset.Size(users: 31, conversations: 30, messages: 129, group: 1),
    Dataset.Size(users: 200, conversations: 300, messages: 2_500, group: 150),
    Dataset.Size(users: 3, conversations: 1, messages: 500, group: 2),
  ])
  func whole(size: Dataset.Size) async throws {
    let folder = try TemporaryFolder.make()
    defer { try? FileManager.default.removeItem(at: folder) }
    let dataset = try await DatasetWriter(size: size, progress: Progress()).write(to: folder)
    #expect(try Dataset.load(folder).key == dataset.key)
    let database = try ChatDatabase(path: DataFolder(folder).database)
    try await database.pool.read { db in
      func number(_ sql: String, _ arguments: StatementArguments = []) throws -> Int? {
        try Int.fetchOne(db, sql: sql, arguments: arguments)
      }
      #expect(try number("SELECT count(*) FROM user") == size.users)
      #expect(try number("SELECT count(*) FROM session") == size.users)
      #expect(try number("SELECT count(*) FROM message") == size.messages)
      #expect(try number("SELECT count(*) FROM conversation") == size.conversations)
      let older = "SELECT count(*) FROM message WHERE conversation_id = 1 AND id < ?"
      let before = try number(older, [dataset.olderPage]) ?? 0
      #expect(before >= 50)
      let wrong = """
        SELECT count(*) FROM conversation WHERE kind = 'direct' AND newest_message_id IS NOT
        (SELECT max(id) FROM message WHERE conversation_id = conversation.id)
        """
      #expect(try number(wrong) == 0)
      let strangers = """
        SELECT count(*) FROM message WHERE author_id NOT IN
        (SELECT user_id FROM member WHERE member.conversation_id = message.conversation_id)
        """
      #expect(try number(strangers) == 0)
      let missing = """
        SELECT count(*) FROM message WHERE event_id > (SELECT pruned_through FROM event_log)
        AND NOT EXISTS (SELECT 1 FROM event WHERE id = event_id AND subject_id = message.id)
        """
      #expect(try number(missing) == 0)
      #expect(try String.fetchOne(db, sql: "PRAGMA integrity_check") == "ok")
      #expect(try GRDB.Row.fetchOne(db, sql: "PRAGMA foreign_key_check") == nil)
    }
    await database.close()
  }

  @Test func refusals() {
    let sizes = [
      Dataset.Size(users: 3, conversations: 9, messages: 500, group: 1),
      Dataset.Size(users: 31, conversations: 30, messages: 128, group: 1),
      Dataset.Size(users: 31, conversations: 30, messages: 500, group: 32),
    ]
    for size in sizes { #expect(throws: BenchError.self) { _ = try Timeline(size: size, now: 0) } }
  }
}
