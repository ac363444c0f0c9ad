import Crypto
import Foundation
import GRDB
import Testing

@testable import Chat

/// What a session is in the browser and in the database.
@Suite struct SessionTests {
  @Test func theDatabaseHoldsOnlyAHash() async throws {
    try await TestServer.with { server in
      let ada = try await server.signUp("Ada")
      let token = try #require(ada.browser.cookies["nextalk_session"])
      #expect(try /[A-Za-z0-9_-]{43}/.wholeMatch(in: token) != nil)
      let hashes = try await server.database.read {
        try Data.fetchAll($0, sql: "SELECT token_hash FROM session")
      }
      #expect(hashes == [Data(SHA256.hash(data: Data(token.utf8)))])
      let known = try #require(ada.browser.cookies["nextalk_browser"])
      for file in try FileManager.default.contentsOfDirectory(atPath: server.folder.path)
      where file != "uploads" {
        let bytes = HTML(try Data(contentsOf: server.folder.appending(path: file)))
        for secret in [token, known, Person.password] { #expect(!bytes.contains(secret), "in \(file)") }
      }
    }
  }

  @Test func cookies() async throws {
    try await TestServer.with { server in
      let ada = try await server.person("Ada")
      let answer = try await Browser(server).post(
        "/login", ["email": ada.email, "password": Person.password])
      let lines = answer.headers["Set-Cookie"]
      #expect(lines.count == 3)
      for line in lines {
        let parts = line.components(separatedBy: "; ").dropFirst()
        #expect(parts.contains("HttpOnly") && parts.contains("SameSite=Lax") && parts.contains("Path=/"))
        #expect(!parts.contains("Secure"))
        #expect(!line.lowercased().contains("domain"))
      }
      let session = try #require(lines.first { $0.hasPrefix("nextalk_session=") })
      #expect(session.contains("Max-Age=2592000;"))
      #expect(answer.header("Strict-Transport-Security") == nil)
    }
  }

  @Test func cookiesUnderHTTPS() async throws {
    try await TestServer.with(.init(publicURL: "https://chat.example.org")) { server in
      let ada = try await server.person("Ada")
      let browser = Browser(server)
      let answer = try await browser.post("/login", ["email": ada.email, "password": Person.password])
      #expect(answer.status == 303)
      for line in answer.headers["Set-Cookie"] {
        #expect(line.hasPrefix("__Host-nextalk_"))
        #expect(line.hasSuffix("; Secure"))
        #expect(line.contains("; Path=/;"))
      }
      #expect(answer.header("Strict-Transport-Security")?.hasPrefix("max-age=") == true)
      #expect(try await browser.get("/").status == 200)
      // A neighbour can set a cookie without the prefix; it counts for nothing.
      browser.cookies = ["nextalk_session": browser.cookies["__Host-nextalk_session"] ?? ""]
      #expect(try await browser.get("/").status == 303)
    }
  }

  @Test func aLogInReplacesTheSessionOfTheBrowser() async throws {
    try await TestServer.with { server in
      let ada = try await server.person("Ada")
      let ben = try await server.person("Ben")
      let before = ada.browser.copy()
      let stream = try await before.events()
      let answer = try await ada.browser.post(
        "/login", ["email": ben.email, "password": Person.password])
      #expect(answer.status == 303)
      #expect(ada.browser.cookies["nextalk_session"] != before.cookies["nextalk_session"])
      #expect(try await ada.browser.get("/").contains("data-viewer=\"\(ben.id)\""))
      #expect(try await before.get("/").status == 303)
      try await stream.ended()
    }
  }

  @Test func nobodysCookie() async throws {
    try await TestServer.with { server in
      for cookie in [
        "", "x", "nextalk_session", "nextalk_session=", "nextalk_session=;", "nextalk_session=%00",
        "nextalk_session=a; nextalk_session=b", ";;;=;=", "nextalk_session=\"quoted\"",
      ] {
        let answer = try await Browser(server).get("/", ["Cookie": cookie])
        #expect(answer.status == 303, "\(cookie)")
      }
    }
  }
}
