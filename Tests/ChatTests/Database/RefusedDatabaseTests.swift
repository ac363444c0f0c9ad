import Foundation
import GRDB
import Logging
import Testing

@testable import Chat

/// A file that this program must not use is left as it is.
@Suite struct RefusedDatabaseTests {
  private func makeNewer(_ folder: URL) throws -> String {
    let path = try DataFolder(folder).database
    let database = try ChatDatabase(path: path)
    try database.pool.write { db in
      try db.execute(sql: "INSERT INTO grdb_migrations (identifier) VALUES ('99 from the future')")
    }
    try database.pool.writeWithoutTransaction { _ = try $0.checkpoint(.truncate) }
    try database.pool.close()
    return path
  }

  @Test func newerThanTheProgram() throws {
    let folder = TestServer.newFolder()
    let path = try makeNewer(folder)
    let before = try Data(contentsOf: URL(filePath: path))
    let error = #expect(throws: ChatDatabase.Failure.self) { try ChatDatabase(path: path) }
    #expect(error?.description.contains("newer") == true)
    #expect(throws: ChatDatabase.Failure.self) {
      try App(TestServer.configuration(folder), logger: Logger(label: "test"))
    }
    #expect(try Data(contentsOf: URL(filePath: path)) == before)
    try FileManager.default.removeItem(at: folder)
  }

  @Test func newerAndASetPassword() async throws {
    let folder = TestServer.newFolder()
    let path = try makeNewer(folder)
    let before = try Data(contentsOf: URL(filePath: path))
    await #expect(throws: ChatDatabase.Failure.self) {
      try await PasswordReset(dataFolder: folder).set("long enough", email: "ada@example.org")
    }
    #expect(try Data(contentsOf: URL(filePath: path)) == before)
    try FileManager.default.removeItem(at: folder)
  }

  /// An older server may be running.
  @Test func olderAndASetPassword() async throws {
    let folder = try DataFolder.old("7 sessions")
    let older = try DatabasePool(path: folder.database)
    try await older.write { try $0.execute(sql: "UPDATE user SET password_hash = 'old'") }
    let before = try folder.files()
    let error = await #expect(throws: ChatDatabase.Failure.self) {
      try await PasswordReset(dataFolder: folder.url).set("long enough", email: "ada@example.org")
    }
    #expect(error?.description.contains("Start this version of Nextalk once, then try again.") == true)
    #expect(try folder.files() == before)
    try older.close()
    try FileManager.default.removeItem(at: folder.url)
  }

  @Test func noneForACommandToMake() throws {
    let folder = try DataFolder(TestServer.newFolder())
    #expect(throws: ChatDatabase.Failure.self) {
      try ChatDatabase(path: folder.database, isServer: false)
    }
    #expect(try folder.files().isEmpty)
    try FileManager.default.removeItem(at: folder.url)
  }

  @Test func noDatabaseAtAll() throws {
    let folder = TestServer.newFolder()
    let path = try DataFolder(folder).database
    let text = Data(String(repeating: "This is a letter to my aunt. ", count: 400).utf8)
    try text.write(to: URL(filePath: path))
    let error = #expect(throws: ChatDatabase.Failure.self) { try ChatDatabase(path: path) }
    #expect(error?.description.hasPrefix("The database \(path) cannot be used") == true)
    #expect(try Data(contentsOf: URL(filePath: path)) == text)
    try FileManager.default.removeItem(at: folder)
  }

  @Test func noFolder() throws {
    let file = TestServer.newFolder()
    try Data().write(to: file)
    let error = #expect(throws: DataFolder.Failure.self) { try DataFolder(file.appending(path: "data")) }
    #expect(error?.description.hasPrefix("The data folder") == true)
    try FileManager.default.removeItem(at: file)
  }

  @Test func aFolderInUse() async throws {
    try await TestServer.with { server in
      let error = #expect(throws: DataFolder.Failure.self) {
        try App(TestServer.configuration(server.folder), logger: Logger(label: "test"))
      }
      #expect(error?.description.hasPrefix("Another Nextalk already uses") == true)
      let health = try await Browser(server).get("/health")
      #expect(health.status == 200)
    }
  }
}
