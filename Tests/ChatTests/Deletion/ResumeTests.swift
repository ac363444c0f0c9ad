import Foundation
import GRDB
import Logging
import Testing
import Web

@testable import Chat

/// A deletion that was cut off, or due while nothing ran, is finished by the next start.
@Suite struct ResumeTests {
  private static let slow = TestServer.Wishes(deletionDelay: 600_000)
  private let texts = (0..<1_200).map { "brief-\($0)-of-the-mill" }

  /// Two people with a conversation, in a folder whose server is stopped again.
  private func prepare(_ folder: URL) async throws -> [Person] {
    let kept = People()
    try await TestServer.with(Self.slow, folder: folder) { server in
      let people = try await server.people("Zerafina Quillbrook", "Ben")
      kept.keep(people)
      try await server.history(texts, from: people[0].id, to: people[1].id)
      _ = try await people[0].send([("a.png", TinyImage.png())], text: "Here", to: people[1])
      try await people[0].delete()
    }
    return kept.all
  }

  private func expectGone(_ folder: URL, _ people: [Person]) async throws {
    try await TestServer.with(folder: folder) { server in
      try await server.deletionsDone()
      #expect(try server.found(["Zerafina", "zerafina", people[0].email] + texts).isEmpty)
      try await eventually("no file is left") { server.uploadedFiles.isEmpty }
      let page = try await people[1].at(server).browser.get("/conversations/1")
      #expect(page.status == 200 && page.contains("Deleted account"))
      #expect(
        page.html.articles.allSatisfy {
          $0.messageText == HTML("<i class=\"deleted\">Message deleted</i>")
        })
      #expect(try await people[0].at(server).browser.get("/").location == "/login")
    }
    try FileManager.default.removeItem(at: folder)
  }

  private func with(_ folder: URL, _ body: (Erasure) async throws -> Void) async throws {
    let data = try DataFolder(folder)
    let database = try ChatDatabase(path: data.database)
    let uploads = try Uploads(
      data: data, database: database, queue: BackgroundWork().queue(), quota: 1 << 30, reserve: .bytes(0),
      logger: LogRecorder().logger(level: .error))
    try await database.writer.write { try $0.execute(sql: "UPDATE deletion SET due_at = 1") }
    let deletion = try await database.read { try Deletion.all(in: $0) }
    try await body(Erasure(database: database, uploads: uploads, deletion: try #require(deletion.first)))
    await uploads.close()
    await database.close()
  }

  @Test func dueWhileNothingRan() async throws {
    let folder = TestServer.newFolder()
    let people = try await prepare(folder)
    try await with(folder) { _ in }
    try await expectGone(folder, people)
  }

  @Test func cutOffAfterItsFirstStep() async throws {
    let folder = TestServer.newFolder()
    let people = try await prepare(folder)
    try await with(folder) { erasure in
      let isDue = try await erasure.begin()
      #expect(isDue)
    }
    try await expectGone(folder, people)
  }

  @Test func cutOffAmongTheMessages() async throws {
    let folder = TestServer.newFolder()
    let people = try await prepare(folder)
    try await with(folder) { erasure in
      _ = try await erasure.begin()
      try await erasure.database.writer.write { db in
        let page = try Message.withoutClientID(of: people[0].id, after: 0, 500, in: db)
        try Message.empty(page.map(\.id), keepsText: false, at: 1, in: db)
      }
    }
    try await expectGone(folder, people)
  }

  @Test func stillToBeUndoneAfterAStart() async throws {
    let folder = TestServer.newFolder()
    let people = try await prepare(folder)
    try await TestServer.with(folder: folder) { server in
      let ada = people[0].at(server)
      let page = try await ada.browser.get("/settings/deletion")
      #expect(page.contains(">Undo<"))
      #expect(try await ada.browser.post("/settings/deletion/undo", [:]).status == 303)
      #expect(try await people[1].at(server).browser.get("/").html.names == ["Zerafina Quillbrook"])
    }
    try FileManager.default.removeItem(at: folder)
  }

  /// What was on its way when the account went writes nothing of it back.
  @Test func lateWrites() async throws {
    try await TestServer.with(.init(deletionDelay: 0)) { server in
      let people = try await server.people("Zerafina Quillbrook", "Ben")
      let ada = people[0]
      try await people[1].write("Hello", to: ada)
      try await ada.delete()
      try await server.deletionsDone()
      let name = try FullName("Zerafina Quillbrook")
      let hash = try TestServer.quickHash()
      try await server.database.writer.write { db in
        try User.change(ada.id, fullName: name.text, picture: "x.png", at: 1, in: db)
        try User.setTheme(.nord, of: ada.id, in: db)
        try User.setPassword(hash, of: ada.id, in: db)
        try Session.begin(SessionToken(), for: ada.id, at: 1, in: db)
        try KnownBrowser.remember(SessionToken(), of: ada.id, at: 1, in: db)
        #expect(try !ReadMark.move(of: ada.id, in: 1, through: 1, db: db))
      }
      let image = StoredImage(name: "x.png", mediaType: "image/png", width: 1, height: 1, bytes: 1)
      await #expect(throws: DatabaseError.self) {
        try await server.database.writer.write {
          try Attachment.add(image, .draft, of: ada.id, at: 1, in: $0)
        }
      }
      let left = try await server.database.read { db in
        let user = try User.find(ada.id, in: db)
        return (
          user?.isDeleted, user?.picture, try User.passwordHash(of: ada.id, in: db) == nil,
          try Int.fetchOne(db, sql: "SELECT count(*) FROM session WHERE user_id = ?", arguments: [ada.id]),
          try Int.fetchOne(db, sql: "SELECT count(*) FROM known_browser"),
          try Int.fetchOne(
            db,
            sql: """
              SELECT last_read_message_id + unread_after_message_id + read_event_id FROM member WHERE user_id = ?
              """, arguments: [ada.id])
        )
      }
      #expect(left.0 == true && left.1 == nil && left.2 && left.3 == 0 && left.4 == 0 && left.5 == 0)
    }
  }
}
