import Foundation
import GRDB
import Synchronization
import Testing
import Web

@testable import Chat

/// A password that is changed while another request that was checked against the old one is under way.
@Suite struct PasswordRaceTests {
  /// A server on which hashing what is stored takes as long as ever, and word of what it asked the database.
  private func with(
    _ body: @escaping (TestServer, Person, _ hasAsked: (String) async throws -> Void) async throws -> Void
  ) async throws {
    let statements = Mutex<[String]>([])
    try await TestServer.with(.init(trace: { sql in statements.withLock { $0.append(sql) } })) { server in
      let ada = try await server.person("Ada", hash: PasswordHash(hashing: Person.password))
      statements.withLock { $0 = [] }
      try await body(server, ada) { part in
        try await eventually("the question \(part)") {
          statements.withLock { $0.contains { $0.contains(part) } }
        }
      }
    }
  }

  private static let newPassword = "another fine sentence"

  private static func change(_ ada: Person) async throws {
    let hash = try PasswordHash(hashing: newPassword, parameters: TestServer.cheap)
    let now = Date.now.milliseconds
    try await ada.server.database.writer.write { db in
      try User.setPassword(hash, of: ada.id, in: db)
      try Session.endAll(of: ada.id, because: .passwordChanged, at: now, in: db)
    }
  }

  @Test func aLogInWithTheOldOneIsNone() async throws {
    try await with { server, ada, hasAsked in
      let thief = Browser(server)
      async let answer = thief.post("/login", ["email": ada.email, "password": Person.password])
      try await hasAsked("SELECT id, password_hash FROM user WHERE email_key")
      try await Self.change(ada)
      #expect(try await answer.status == 422)
      #expect(try await answer.contains("go together") == true)
      #expect(thief.cookies[Session.cookie] == nil)
      let sessions = try await server.database.read {
        try Int.fetchOne($0, sql: "SELECT count(*) FROM session WHERE user_id = ?", arguments: [ada.id])
      }
      #expect(sessions == 0)
      // Nor was the hash of the old password written again.
      let owner = try await Browser(server).post(
        "/login", ["email": ada.email, "password": Self.newPassword])
      #expect(owner.status == 303)
    }
  }

  /// What a session asked for that is still alive, after somebody else's change.
  @Test(arguments: [
    ("password", ["newPassword": "of the thief alone"]), ("email", ["email": "thief@example.org"]),
    ("deletion", ["messages": "keep"]), ("sessions", ["others": "1"]),
  ]) func aSecondChangeIsNone(path: String, fields: [String: String]) async throws {
    try await with { server, ada, hasAsked in
      let form = fields.map { "\($0)=\(URLQuery.encoded($1))" }.joined(separator: "&")
      async let answer = ada.browser.post(
        "/settings/\(path)", form: "password=\(URLQuery.encoded(Person.password))&" + form)
      try await hasAsked("SELECT password_hash FROM user WHERE id = ?")
      let hash = try PasswordHash(hashing: Self.newPassword, parameters: TestServer.cheap)
      try await server.database.writer.write { try User.setPassword(hash, of: ada.id, in: $0) }
      #expect(try await answer.status == 422)
      #expect(try await answer.contains("changed at the same time") == true)
      let (email, deletion) = try await server.database.read { db in
        (try User.profile(ada.id, in: db)?.email, try Deletion.find(ada.id, in: db))
      }
      #expect(email == ada.email && deletion == nil)
      let login = try await Browser(server).post(
        "/login", ["email": ada.email, "password": Self.newPassword])
      #expect(login.status == 303)
    }
  }

  @Test func aBrowserIsKnownByATokenOfItsLastLogInOnly() async throws {
    try await TestServer.with { server in
      let ada = try await server.person("Ada")
      let browser = Browser(server)
      let form: KeyValuePairs = ["email": ada.email, "password": Person.password]
      // What somebody else may have put there.
      browser.cookies[KnownBrowser.cookie] = SessionToken().text
      let foreign = browser.cookies[KnownBrowser.cookie]
      _ = try await browser.post("/login", form)
      let first = try #require(browser.cookies[KnownBrowser.cookie])
      _ = try await browser.post("/login", form)
      let second = try #require(browser.cookies[KnownBrowser.cookie])
      #expect(foreign != first && first != second)
      func known() async throws -> [Data] {
        try await server.database.read {
          try Data.fetchAll(
            $0, sql: "SELECT token_hash FROM known_browser WHERE user_id = ?", arguments: [ada.id])
        }
      }
      #expect(try await known() == [SessionToken(second).hash])

      let changed = try await ada.browser.post(
        "/settings/password", ["password": Person.password, "newPassword": Self.newPassword])
      #expect(changed.status == 303)
      let own = try #require(ada.browser.cookies[KnownBrowser.cookie])
      #expect(try await known() == [SessionToken(own).hash])
    }
  }
}
