import GRDB
import NIOEmbedded
import Testing

@testable import Chat
@testable import Web

/// Logging out ends a session on every tab, at once.
@Suite struct LogOutTests {
  @Test func everyTabOfThatBrowserAndNoOther() async throws {
    try await TestServer.with { server in
      let ada = try await server.signUp("Ada")
      let phone = Browser(server)
      _ = try await phone.post("/login", ["email": ada.email, "password": Person.password])
      let tab = ada.browser.copy()
      let streams = [try await ada.events(), try await tab.events(after: 0)]
      let elsewhere = try await phone.events()
      let answer = try await ada.browser.post("/logout", [:])
      #expect(answer.status == 303)
      #expect(answer.location == "/login")
      let clears = try #require(answer.header("Clear-Site-Data"))
      #expect(clears.contains("\"cache\"") && clears.contains("\"storage\""))
      #expect(!clears.contains("*") && !clears.contains("cookies"), "the known browser is forgotten")
      for stream in streams {
        _ = try await stream.first("word of the end") { $0.name == "signed-out" }
        try await stream.ended(within: .seconds(5))
      }
      #expect(try await tab.get("/").location == "/login")
      #expect(try await tab.get("/events").status == 401)
      #expect(ada.browser.cookies["nextalk_session"] == nil)
      #expect(ada.browser.cookies["nextalk_browser"] != nil)
      #expect(!elsewhere.hasEnded)
      #expect(try await phone.get("/").status == 200)
      let count = try await server.database.read {
        try Int.fetchOne($0, sql: "SELECT count(*) FROM session")
      }
      #expect(count == 1)
    }
  }

  @Test func nobodyLoggedIn() async throws {
    try await TestServer.with { server in
      let answer = try await Browser(server).post("/logout", [:])
      #expect(answer.status == 303)
      #expect(answer.location == "/login")
    }
  }

  @Test func asAFragment() async throws {
    try await TestServer.with { server in
      let ada = try await server.person("Ada")
      let answer = try await ada.browser.post("/logout", [:], ["HX-Request": "true"])
      #expect(answer.status == 200)
      #expect(answer.header("HX-Redirect") == "/login")
      #expect(answer.header("Clear-Site-Data") != nil)
    }
  }

  @Test func pagesAreNotKeptForOthers() async throws {
    try await TestServer.with { server in
      let ada = try await server.person("Ada")
      let page = try await ada.browser.get("/")
      #expect(page.header("Cache-Control")?.contains("private") == true)
      #expect(page.header("Vary")?.contains("Cookie") == true)
    }
  }

  /// The session is found, then ended by another tab, and only then the stream opens.
  @Test func aStreamThatOpensTooLate() async throws {
    try await TestServer.with { server in
      let ada = try await server.person("Ada")
      let token = SessionToken(ada.browser.cookies["nextalk_session"] ?? "")
      let found = try await server.database.read { try Session.find(token, at: 0, in: $0) }
      let session = try #require(found)
      let witness = try await server.person("Ben").events()
      _ = try await ada.browser.post("/logout", [:])
      // What is pushed after the log-out tells that its end has been published.
      let cem = try await server.signUp("Cem")
      _ = try await witness.first("the newcomer") { $0.html.row("u\(cem.id)") != nil }
      let channel = try await NIOAsyncTestingChannel { channel in
        try channel.pipeline.syncOperations.addHandler(ConnectionGuard(requestTime: .seconds(1)))
      }
      let outlet = try await EventOutlet.open(on: channel)
      let stream = await server.app.hub.open(session, in: .english, outlet: outlet)
      #expect(stream == nil)
      #expect(await server.app.hub.streamCount == 1)
      #expect(!witness.hasEnded)
      _ = try await channel.finish()
    }
  }
}
