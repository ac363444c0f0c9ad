import Testing
import Web

@testable import Chat

/// How many streams one session and one person can have, and what becomes of the others.
@Suite struct StreamLimitsTests {
  @Test func theOldestOfASessionRests() async throws {
    try await TestServer.with(.init(hasRateLimits: true)) { server in
      let (ada, ben) = (try await server.person("Ada"), try await server.person("Ben"))
      let phone = Browser(server)
      _ = try await phone.post("/login", ["email": ada.email, "password": Person.password])
      let elsewhere = try await phone.events(after: 0)
      var streams: [EventStream] = []
      for _ in 0..<OpenStreams.mostPerSession { streams.append(try await ada.browser.events(after: 0)) }
      #expect(streams.allSatisfy { !$0.hasEnded })
      streams.append(try await ada.browser.events(after: 0))
      _ = try await streams[0].first("word to rest") { $0.name == "rest" }
      try await streams[0].ended(within: .seconds(10))
      try await ben.write("To all that are left", to: ada)
      for stream in streams[1...] + [elsewhere] { _ = try await stream.message("To all that are left") }
      #expect(!streams[0].events.contains { $0.name == "signed-out" })
    }
  }
}
