import Foundation
import GRDB
import Logging
import Testing

@testable import Chat

/// Which pages were written, also where the log has started over since.
@Suite struct TouchedPagesTests {
  @Test func overSeveralLogs() throws {
    let folder = try DataFolder(TestServer.newFolder())
    var configuration = GRDB.Configuration()
    configuration.prepareDatabase { try $0.execute(sql: "PRAGMA wal_autocheckpoint = 0") }
    let pool = try DatabasePool(path: folder.database, configuration: configuration)
    var touched = TouchedPages()
    try pool.writeWithoutTransaction { db in
      try db.execute(sql: "CREATE TABLE text (id INTEGER PRIMARY KEY, text TEXT)")
      for round in 0..<4 {
        for _ in 0..<20 {
          try db.execute(
            sql: "INSERT INTO text (text) VALUES (?)", arguments: [String(repeating: "x", count: 3_000)])
        }
        touched.note(logOf: db)
        #expect(touched.pages == Set(1...(try count(db))), "round \(round)")
        #expect(try !Checkpoint.make(.restart(patience: 1_000), in: db).isBlocked)
      }
      #expect(!touched.areAll)
      #expect(Set(touched.take(.max)) == Set(1...(try count(db))) && touched.isEmpty)
      touched.note(logOf: db)
      #expect(touched.isEmpty, "what was looked at is not looked at again")
      try db.execute(sql: "UPDATE text SET text = 'y' WHERE id = 40")
      touched.note(logOf: db)
      #expect(touched.pages.count == 1)
    }
    try pool.close()
    try FileManager.default.removeItem(at: folder.url)
  }

  /// A checkpoint that an idle moment asked for may come after the end.
  @Test func ofAClosedDatabase() throws {
    let folder = try DataFolder(TestServer.newFolder())
    let pool = try DatabasePool(path: folder.database)
    let log = WriteAheadLog(of: pool, logger: Logger(label: "test"))
    try pool.close()
    log.checkpoint()
    #expect(try log.forget() == .needsAll)
    try FileManager.default.removeItem(at: folder.url)
  }

  private func count(_ db: Database) throws -> Int { try Int.fetchOne(db, sql: "PRAGMA page_count") ?? 0 }
}
