import Foundation
import GRDB
import Testing

@testable import Chat

/// What the database was before a migration is kept beside it for a while.
@Suite struct MigrationBackupTests {
  private static let first = "nextalk-before-6-privacy-and-clock.sqlite"
  private static let again = "nextalk-before-6-privacy-and-clock-again.sqlite"

  private func withOld(_ body: (DataFolder) async throws -> Void) async throws {
    let folder = try DataFolder.old("5 deletion")
    try await body(folder)
    try FileManager.default.removeItem(at: folder.url)
  }

  private func open(_ folder: DataFolder) async throws {
    let database = try ChatDatabase(path: folder.database)
    await database.close()
  }

  /// The steps that its database has taken.
  private func steps(_ folder: DataFolder, _ name: String = "nextalk.sqlite") throws -> Set<String> {
    let queue = try DatabaseQueue(path: folder.url.appending(path: name).path)
    defer { try? queue.close() }
    return try queue.read { try Migrations.migrator.appliedIdentifiers($0) }
  }

  private func age(_ days: Double, _ name: String, in folder: DataFolder) throws {
    try FileManager.default.setAttributes(
      [.modificationDate: Date.now.addingTimeInterval(-days * 86_400)],
      ofItemAtPath: folder.url.appending(path: name).path)
  }

  /// Also what stands in the write-ahead log alone.
  @Test func holdsWhatWasThere() async throws {
    try await withOld { folder in
      let before = try steps(folder)
      var configuration = Configuration()
      configuration.prepareDatabase { try $0.execute(sql: "PRAGMA wal_autocheckpoint = 0") }
      let writer = try DatabasePool(path: folder.database, configuration: configuration)
      try await writer.write { try $0.execute(sql: "UPDATE message SET text = 'In the log' WHERE id = 3") }
      let database = try ChatDatabase(path: folder.database)
      let copy = folder.url.appending(path: Self.first).path
      let mode = try FileManager.default.attributesOfItem(atPath: copy)[.posixPermissions] as? Int
      #expect(mode == 0o600)
      #expect(!folder.has(Self.first + ".new") && !folder.has(Self.again))
      #expect(try steps(folder, Self.first) == before)
      let queue = try DatabaseQueue(path: copy)
      let (texts, check) = try await queue.read { db in
        (
          try String.fetchAll(db, sql: "SELECT text FROM message ORDER BY id"),
          try String.fetchAll(db, sql: "PRAGMA integrity_check")
        )
      }
      #expect(texts == ["Größe", "Tür", "In the log"] && check == ["ok"])
      #expect(try await database.read { try Migrations.migrator.hasCompletedMigrations($0) })
      try queue.close()
      try writer.close()
      await database.close()
    }
  }

  @Test func noneOfWhatIsNewOrUpToDate() async throws {
    let folder = try DataFolder(TestServer.newFolder())
    for _ in 0..<2 { try await open(folder) }
    #expect(try folder.files().keys.allSatisfy { $0.hasPrefix("nextalk.sqlite") })
    try FileManager.default.removeItem(at: folder.url)
  }

  @Test func theFirstOfAStepStays() async throws {
    try await withOld { folder in
      let kept = Data("kept".utf8)
      try kept.write(to: folder.url.appending(path: Self.first))
      let before = try steps(folder)
      try await open(folder)
      #expect(try Data(contentsOf: folder.url.appending(path: Self.first)) == kept)
      #expect(try steps(folder, Self.again) == before)
    }
  }

  @Test func halfOnesAndOldOnesGoAtTheStart() async throws {
    let folder = try DataFolder(TestServer.newFolder())
    let half = "nextalk-before-2-images.sqlite.new"
    let (old, young) = ("nextalk-before-2-images.sqlite", "nextalk-before-123-from-a-newer-one.sqlite")
    let theirs = ["nextalk-before-christmas.sqlite", "nextalk-before-2024-12-24.sqlite"]
    for name in [half, old, young] + theirs { try Data().write(to: folder.url.appending(path: name)) }
    try age(7.1, old, in: folder)
    try age(6.9, young, in: folder)
    for name in theirs { try age(100, name, in: folder) }
    let database = try ChatDatabase(path: folder.database)
    #expect(!folder.has(half) && !folder.has(old))
    #expect(folder.has(young) && theirs.allSatisfy(folder.has))
    // And while it runs.
    try age(7.1, young, in: folder)
    let removing = Task { await database.removeOldBackups(every: .milliseconds(5)) }
    try await eventually("it is gone") { !folder.has(young) }
    removing.cancel()
    await removing.value
    #expect(theirs.allSatisfy(folder.has))
    await database.close()
    try FileManager.default.removeItem(at: folder.url)
  }

  @Test func withoutACopyNothingIsChanged() async throws {
    try await withOld { folder in
      let before = try folder.files()["nextalk.sqlite"]
      // Stands where the copy is to be written.
      let obstacle = folder.url.appending(path: Self.first + ".new")
      try FileManager.default.createDirectory(at: obstacle, withIntermediateDirectories: false)
      let error = #expect(throws: MigrationBackups.Failure.self) { try ChatDatabase(path: folder.database) }
      #expect(error?.description.contains("Nothing was changed.") == true)
      try FileManager.default.removeItem(at: obstacle)
      #expect(try folder.files()["nextalk.sqlite"] == before)
      #expect(!folder.has(Self.first))
      try await open(folder)
      #expect(folder.has(Self.first))
    }
  }

  @Test func aDeletedPersonIsInNone() async throws {
    try await TestServer.with(.init(deletionDelay: 0)) { server in
      let ada = try await server.people("Zerafina Quillbrook", "Ben")[0]
      let copy = server.folder.appending(path: "nextalk-before-8-usage.sqlite")
      try await server.database.pool.writeWithoutTransaction {
        try $0.execute(sql: "VACUUM INTO ?", arguments: [copy.path])
      }
      #expect(try String(decoding: Data(contentsOf: copy), as: UTF8.self).contains("Zerafina"))
      try await ada.delete()
      try await server.deletionsDone()
      #expect(try server.found(["Zerafina", ada.email]).isEmpty)
    }
  }
}
