import Foundation
import GRDB
import Testing

@testable import Chat

/// After a deletion nothing of the person stands in any byte of the data folder.
@Suite struct RawBytesTests {
  /// What is written of the person, each of it found nowhere else.
  private struct Secrets {
    let names = ["Zerafina Quillbrook", "Zerafina Brambleshaw", "Zerafina"]
    let email = "Quillmail@brambleshaw.example"
    /// Long and short, some of them over several pages of the file; any part of them is found.
    let texts: [String]
    let marks = ["brief-", "wort wort"]
    let others: [String]
    let alt = "Portrait with a peacock feather"
    let imageBytes = "Kestrel-pixels-of-the-image"

    init(messages: Int) {
      texts = (0..<messages).map { number in
        let words = number % 97 == 0 ? 900 : number * 7 % 60
        return "brief-\(number) " + String(repeating: "wort ", count: words + 2)
      }
      others = (0..<messages).map { "reply-\($0)" }
    }

    /// Everything that must not be left, also in the lower case in which it is indexed.
    var all: [String] {
      names + names.map { $0.lowercased() } + ["brambleshaw", "quillbrook"]
        + [email, email.lowercased(), alt, imageBytes] + marks
    }
  }

  private func fill(_ server: TestServer, _ ada: Person, _ ben: Person, _ secrets: Secrets) async throws {
    _ = try await server.crowd(300, named: "Guest")
    // Both write by turns, so that pages hold messages of both.
    for start in stride(from: 0, to: secrets.texts.count, by: 10) {
      let end = min(start + 10, secrets.texts.count)
      try await server.history(Array(secrets.texts[start..<end]), from: ada.id, to: ben.id)
      try await server.history(Array(secrets.others[start..<end]), from: ben.id, to: ada.id)
    }
    let sent = try await ada.send(
      [("a.png", TinyImage.png(pixels: secrets.imageBytes))], text: secrets.texts[0], alts: [secrets.alt],
      clientID: UUID().uuidString, to: ben)
    #expect(sent.status == 303)
    // One that waits in the composer of a browser without modules.
    let draft = MultipartBody(["text": String(repeating: "a", count: 5_001)])
      .adding("images", file: "b.png", TinyImage.png(pixels: secrets.imageBytes))
    #expect(try await ada.browser.post("/people/\(ben.id)/messages", draft).status == 422)
    for name in secrets.names.prefix(2) {
      let form = MultipartBody(["fullName": name]).adding(
        "picture", file: "p.png", TinyImage.png(pixels: secrets.imageBytes))
      #expect(try await ada.browser.post("/profile", form).status == 303)
    }
    _ = try await ada.browser.post("/settings", ["theme": "synthwave"])
  }

  @Test func nothingIsLeft() async throws {
    try await TestServer.with(.init(deletionDelay: 300)) { server in
      let secrets = Secrets(messages: 2_000)
      let ada = try await server.person(secrets.names[0], email: secrets.email)
      let ben = try await server.person("Ben")
      try await fill(server, ada, ben, secrets)
      #expect(server.uploadedFiles.count == 3)
      _ = try await ada.page(with: ben)
      let missing = Set(secrets.all).subtracting(try server.found(secrets.all))
      #expect(missing.isEmpty, "the search finds what is there")
      let stream = try await ben.events()
      try await ada.delete()
      try await server.deletionsDone()
      let left = try server.found(secrets.all)
      #expect(left.isEmpty)
      #expect(server.uploadedFiles.isEmpty)
      // All that is not hers is there.
      let others = try await server.database.read {
        try String.fetchAll($0, sql: "SELECT text FROM message WHERE text <> '' ORDER BY id")
      }
      #expect(others == secrets.others)
      #expect(!stream.hasEnded)
      try await onlyTheIDIsLeft(server, ada)
      let check = try await server.database.read { try String.fetchAll($0, sql: "PRAGMA integrity_check") }
      #expect(check == ["ok"])
      try await server.database.writer.write {
        try $0.execute(sql: "INSERT INTO user_name (user_name, rank) VALUES ('integrity-check', 1)")
      }
    }
  }

  private func onlyTheIDIsLeft(_ server: TestServer, _ ada: Person) async throws {
    let counts = try await server.database.read { db in
      try [
        "session WHERE user_id = ?", "known_browser WHERE user_id = ?", "attachment WHERE owner_id = ?",
        "member WHERE user_id = ? AND last_read_message_id <> 0",
        "message WHERE author_id = ? AND (text <> '' OR attachment_count <> 0 OR client_id IS NOT NULL)",
        "event WHERE audience = -? AND kind = 'read'",
      ].map { try Int.fetchOne(db, sql: "SELECT count(*) FROM \($0)", arguments: [ada.id]) }
    }
    #expect(counts == [0, 0, 0, 0, 0, 0])
    let values = try await server.database.read { db in
      try Row.fetchOne(db, sql: "SELECT * FROM user WHERE id = ?", arguments: [ada.id])?
        .filter { !["id", "email_key", "role"].contains($0.0) }.map(\.1) ?? []
    }
    #expect(!values.isEmpty)
    let isNothing = values.allSatisfy { value in
      value.isNull || String.fromDatabaseValue(value) == "" || Int64.fromDatabaseValue(value) == 0
    }
    #expect(isNothing, "\(values)")
  }

  @Test func textsThatStay() async throws {
    try await TestServer.with(.init(deletionDelay: 300)) { server in
      let secrets = Secrets(messages: 60)
      let ada = try await server.person(secrets.names[0], email: secrets.email)
      let ben = try await server.person("Ben")
      try await fill(server, ada, ben, secrets)
      try await ada.delete(keepingMessages: true)
      try await server.deletionsDone()
      let left = Set(try server.found(secrets.all))
      #expect(left == Set(secrets.marks))
      #expect(server.uploadedFiles.isEmpty)
    }
  }

  /// Who reads from the WAL when it is to be emptied only puts that off.
  @Test func besideAReader() async throws {
    try await TestServer.with(.init(deletionDelay: 200)) { server in
      let ada = try await server.person("Zerafina Quillbrook", email: "quillmail@example.org")
      let ben = try await server.person("Ben")
      try await ada.write("Meet me at the mill", to: ben)
      let secrets = ["Zerafina", "zerafina", "quillmail@example.org", "Meet me at the mill"]
      let (released, release) = AsyncStream<Void>.makeStream()
      let (reads, isReading) = AsyncStream<Void>.makeStream()
      async let read: Int? = server.database.pool.read { db in
        let count = try Int.fetchOne(db, sql: "SELECT count(*) FROM message")
        isReading.yield()
        let done = DispatchSemaphore(value: 0)
        Task {
          for await _ in released {}
          done.signal()
        }
        done.wait()
        return count
      }
      for await _ in reads { break }
      try await ada.delete()
      try await eventually("she is gone") {
        try await server.database.read { try User.find(ada.id, in: $0)?.isDeleted == true }
      }
      // Others go on writing meanwhile.
      for number in 0..<20 {
        try await ben.write("Note \(number)", to: try await server.person("Guest \(number)"))
      }
      let waiting = try await server.database.read { try Deletion.all(in: $0).count }
      #expect(waiting == 1)
      release.finish()
      #expect(try await read == 1)
      try await server.deletionsDone()
      #expect(try server.found(secrets).isEmpty)
    }
  }
}
