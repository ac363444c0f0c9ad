import Foundation
import GRDB
import Synchronization
import Testing

@testable import Chat

/// A request that began before its session ended does nothing any more, whatever it asks for.
@Suite struct EndedSessionActsTests {
  /// Every form that writes for a person, as its page sends it. `OTHER` is another person's id.
  private static let forms: [(path: String, form: String)] = [
    ("/people/OTHER/messages", "text=too+late"),
    ("/conversations/1/messages", "text=too+late"),
    ("/conversations/1/read", "message=1"),
    ("/people/OTHER/read", "message=1"),
    ("/profile", "fullName=Somebody+Else"),
    ("/settings", "theme=dracula"),
    ("/settings/privacy", "presence="),
    ("/settings/clock", "hours=12&timeZone=Europe%2FBerlin"),
    ("/settings/clock", "guess=1&hours=12&timeZone=Europe%2FBerlin"),
    ("/settings/password", "password=correct+horse+battery&newPassword=another+fine+sentence"),
    ("/settings/email", "password=correct+horse+battery&email=thief%40example.org"),
    ("/settings/sessions", "password=correct+horse+battery&others=1"),
    ("/settings/deletion", "password=correct+horse+battery"),
  ]

  /// All that the person has, but for the session that ends.
  private static func state(of person: Person) async throws -> [String] {
    try await person.server.database.read { db in
      let queries = [
        "SELECT * FROM user", "SELECT * FROM message", "SELECT * FROM member", "SELECT * FROM deletion",
        "SELECT * FROM known_browser", "SELECT user_id, token_hash FROM session",
      ]
      return try queries.flatMap { try Row.fetchAll(db, sql: $0).map(\.description) }
    }
  }

  @Test(arguments: forms.indices) func nothingIsWritten(index: Int) async throws {
    let statements = Mutex<[String]>([])
    let wishes = TestServer.Wishes(trace: { sql in statements.withLock { $0.append(sql) } })
    try await TestServer.with(wishes) { server in
      let (ada, ben) = (try await server.person("Ada"), try await server.person("Ben"))
      // Another session that could be ended.
      let phone = Browser(server)
      _ = try await phone.post("/login", ["email": ada.email, "password": Person.password])
      let path = Self.forms[index].path.replacing("OTHER", with: "\(ben.id)")
      // A message to be read.
      _ = try await server.history(["Hello"], from: ben.id, to: ada.id)
      let form = Self.forms[index].form + "&"
      let cookie = try #require(ada.browser.cookies[Session.cookie])
      statements.withLock { $0 = [] }

      let connection = try await RawConnection(server)
      try await connection.send(
        """
        POST \(path) HTTP/1.1\r\nHost: 127.0.0.1:\(server.port)\r\nCookie: \(Session.cookie)=\(cookie)\r\n\
        Content-Type: application/x-www-form-urlencoded\r\nContent-Length: \(form.utf8.count)\r\n\
        HX-Request: true\r\n\r\n\(form.dropLast())
        """)
      // Its session has been found then.
      try await eventually("the request under way") {
        statements.withLock { $0.contains { $0.contains("FROM session JOIN user") } }
      }
      try await server.database.writer.write { db in
        try db.execute(
          sql: "DELETE FROM session WHERE token_hash = ?", arguments: [SessionToken(cookie).hash])
      }
      let before = try await Self.state(of: ada)
      try await connection.send("&")
      try await eventually("an answer") { connection.status != nil || connection.hasEnded }
      #expect(connection.status == 401, "\(path)")
      #expect(try await Self.state(of: ada) == before, "\(path)")
      await connection.close()
    }
  }

  /// An upload ends when its session does, not when all of it is here.
  @Test func uploadsEnd() async throws {
    try await TestServer.with { server in
      let (ada, ben) = (try await server.person("Ada"), try await server.person("Ben"))
      let cookie = try #require(ada.browser.cookies[Session.cookie])
      let connection = try await RawConnection(server)
      try await connection.send(
        """
        POST /people/\(ben.id)/messages HTTP/1.1\r\nHost: 127.0.0.1:\(server.port)\r\n\
        Cookie: \(Session.cookie)=\(cookie)\r\nContent-Type: multipart/form-data; boundary=b\r\n\
        Content-Length: 1000000\r\n\r\n--b\r\n\
        Content-Disposition: form-data; name="images"; filename="a.png"\r\n\r\nhalf
        """)
      let incoming = server.folder.appending(path: "uploads/incoming").path
      func files() -> Int { (try? FileManager.default.contentsOfDirectory(atPath: incoming).count) ?? 0 }
      try await eventually("the upload under way") { files() == 1 }
      let now = Date.now.milliseconds
      try await server.database.writer.write { try Session.endAll(of: ada.id, at: now, in: $0) }
      try await eventually("its end") { connection.hasEnded }
      try await eventually("its file gone") { files() == 0 }
    }
  }

  /// Who writes without asking whether a session is alive: the server itself, and whoever has none yet. A new line
  /// here wants a reason: what a person does is written by `write(as:)`.
  @Test func whoWritesForNoSession() throws {
    let folder = TestServer.root.appending(path: "Sources/Chat")
    let files = try #require(FileManager.default.enumerator(atPath: folder.path)?.allObjects as? [String])
    let writing = try files.filter { $0.hasSuffix(".swift") }.filter {
      try String(contentsOf: folder.appending(path: $0), encoding: .utf8).contains("database.writer.write")
    }
    #expect(
      writing.sorted() == [
        "Accounts/PasswordReset.swift", "Accounts/Registration.swift", "Administration/OwnerNaming.swift",
        "Administration/OwnerNotice.swift", "Database/Health.swift",
        "Deletion/Erasure.swift", "Groups/AbandonedGroups.swift",
        "Log/EventLog.swift", "Log/LogFollower.swift",
        // What was deleted while the session was alive, ten seconds later.
        "Messages/Acts/Withdrawals.swift", "Messages/MessageLoad.swift",
        // What was read while the session was alive, a second later.
        "Messages/ReadMarks.swift",
        "Presence/PresenceFeed.swift", "Sessions/SessionMiddleware.swift", "Sessions/SignIn.swift",
        "Streams/EventsRoute.swift", "Uploads/Uploads.swift",
      ])
  }
}
