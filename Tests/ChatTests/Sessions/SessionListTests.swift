import Foundation
import GRDB
import Testing
import Web

@testable import Chat

/// Where one is logged in, and ending that.
@Suite struct SessionListTests {
  private static let firefox = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"

  private func logIn(_ ada: Person) async throws -> Browser {
    let browser = Browser(ada.server)
    let answer = try await browser.post(
      "/login", ["email": ada.email, "password": Person.password], ["User-Agent": Self.firefox])
    try #require(answer.status == 303)
    return browser
  }

  private func ids(_ page: Answer) -> [String] {
    page.html.between("name=\"session\" value=\"", "\"").map { "\($0)" }
  }

  @Test func whatItShows() async throws {
    try await TestServer.with { server in
      let ada = try await server.person("Ada")
      let alone = try await ada.browser.get("/settings")
      #expect(alone.html.count(of: "this one") == 1 && ids(alone).isEmpty)
      #expect(!alone.contains("End all others"))
      _ = try await logIn(ada)
      let page = try await ada.browser.get("/settings")
      #expect(page.contains("Firefox on Linux") && page.contains("from 127.0.0.1"))
      #expect(page.html.count(of: "this one") == 1 && ids(page).count == 1)
      #expect(page.contains("End all others") && page.contains("first used") && page.contains("last used"))
    }
  }

  @Test func endingOne() async throws {
    try await TestServer.with { server in
      let ada = try await server.person("Ada")
      let (first, second) = (try await logIn(ada), try await logIn(ada))
      let streams = (try await first.events(after: 0), try await second.events(after: 0))
      let page = try await ada.browser.get("/settings")
      let newest = try #require(ids(page).first)
      let answer = try await ada.browser.post(
        "/settings/sessions", ["session": newest, "password": Person.password])
      #expect(answer.status == 303)
      let notice = try await ada.browser.get(try #require(answer.location))
      #expect(notice.contains("That session has ended. Whoever used it has to log in again."))
      _ = try await streams.1.first("word of the end") { $0.name == "signed-out" }
      try await streams.1.ended(within: .seconds(5))
      let back = try await second.get("/settings")
      #expect(back.status == 303 && back.location?.hasPrefix("/login") == true)
      let login = try await second.get("/login")
      #expect(login.contains("You were logged out from another device."))
      let other = try await first.get("/")
      #expect(other.status == 200 && !streams.0.hasEnded)
    }
  }

  @Test func endingAllOthers() async throws {
    try await TestServer.with { server in
      let ada = try await server.person("Ada")
      let ben = try await server.person("Ben")
      let others = [try await logIn(ada), try await logIn(ada)]
      let copy = ada.browser.copy()
      let answer = try await ada.browser.post(
        "/settings/sessions", ["others": "1", "password": Person.password], ["HX-Request": "true"])
      #expect(try await copy.get("/").status == 303, "a copied token goes with the others")
      #expect(answer.status == 200 && answer.contains("this one") && ids(answer).isEmpty)
      for browser in others {
        let page = try await browser.get("/")
        #expect(page.status == 303)
      }
      let own = try await ada.browser.get("/")
      let bens = try await ben.browser.get("/")
      #expect(own.status == 200 && bens.status == 200)
    }
  }

  @Test func nobodyElses() async throws {
    try await TestServer.with { server in
      let ada = try await server.person("Ada")
      let ben = try await server.person("Ben")
      let session = try await server.database.read {
        try #require(try Session.all(of: ben.id, at: 0, in: $0).first)
      }
      let answer = try await ada.browser.post(
        "/settings/sessions", ["session": "\(session.id)", "password": Person.password])
      #expect(answer.status == 303)
      let page = try await ben.browser.get("/")
      #expect(page.status == 200)
      for value in ["", "x", "99999999999999999999"] {
        let refused = try await ada.browser.post("/settings/sessions", ["session": value])
        #expect(refused.status == 422 && refused.contains("Choose a session to end."), "\(value)")
      }
    }
  }

  /// Whoever has a session that is not theirs cannot shut its owner out.
  @Test(arguments: ["", "wrong words"]) func notWithoutThePassword(password: String) async throws {
    try await TestServer.with { server in
      let ada = try await server.person("Ada")
      let other = try await logIn(ada)
      let page = try await ada.browser.get("/settings")
      for choice in [("others", "1"), ("session", try #require(ids(page).first))] {
        let answer = try await ada.browser.post(
          "/settings/sessions", form: "\(choice.0)=\(choice.1)&password=\(URLQuery.encoded(password))")
        #expect(answer.status == 422 && answer.contains("That is not your password."))
      }
      #expect(try await other.get("/").status == 200)
    }
  }

  @Test func atMostFiftyAndTheOldestIdleGo() async throws {
    try await TestServer.with { server in
      let ada = try await server.person("Ada")
      let stream = try await ada.browser.events(after: 0)
      let other = try await logIn(ada)
      let now = Date.now.milliseconds
      try await server.database.writer.write { db in
        for number in 1..<Int64(Session.mostPerUser - 1) {
          try Session.begin(SessionToken(), for: ada.id, at: now - 3_600_000 + number, in: db)
        }
        // Used later than any of those.
        try db.execute(sql: "UPDATE session SET used_at = ? WHERE id = 2", arguments: [now])
        try db.execute(sql: "UPDATE session SET used_at = ? WHERE id = 1", arguments: [now - 7_200_000])
      }
      #expect(!stream.hasEnded)
      let newest = try await logIn(ada)
      let count = try await server.database.read { try Session.all(of: ada.id, at: now, in: $0).count }
      #expect(count == Session.mostPerUser)
      try await stream.ended(within: .seconds(5))
      #expect(try await ada.browser.get("/").location == "/login")
      #expect(try await other.get("/").status == 200)
      #expect(try await newest.get("/").status == 200)
    }
  }

  @Test func atMostAYear() async throws {
    try await TestServer.with { server in
      let ada = try await server.person("Ada")
      let day: Milliseconds = 24 * 3_600_000
      let now = Date.now.milliseconds
      try await server.database.writer.write { db in
        try db.execute(
          sql: "UPDATE session SET created_at = ?, used_at = ? WHERE user_id = ?",
          arguments: [now - 364 * day, now - 2 * day, ada.id])
      }
      #expect(try await ada.browser.get("/").status == 200)
      let end = try await server.database.read {
        try Milliseconds.fetchOne(
          $0, sql: "SELECT expires_at FROM session WHERE user_id = ?", arguments: [ada.id])
      }
      #expect(end == now + day)
    }
  }
}
