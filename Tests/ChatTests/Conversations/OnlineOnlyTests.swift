import Testing

@testable import Chat

/// *Show online only*, and how many are online.
@Suite struct OnlineOnlyTests {
  @Test func thoseWithAStreamOpen() async throws {
    try await TestServer.with { server in
      let people = try await server.people("Ada", "Ben", "Cem", "Me")
      let me = people[3]
      let none = try await me.browser.get("/?online=1")
      #expect(none.html.rows.isEmpty)
      #expect(none.contains("Nobody is online."))
      #expect(none.contains("<span id=\"online-count\" class=\"quiet\">0 online</span>"))
      let streams = [try await people[0].events(), try await people[2].events()]
      let page = try await me.browser.get("/?online=1")
      #expect(page.html.names == ["Ada", "Cem"])
      #expect(page.html.rows.allSatisfy { $0.presence == "online" })
      #expect(page.contains("2 online"))
      #expect(page.contains("name=\"online\" value=\"1\" checked"))
      #expect(page.contains("data-online-only=\"true\""))
      let all = try await me.browser.get("/")
      #expect(all.html.names == ["Ada", "Ben", "Cem"])
      #expect(all.html.rows.map { $0.presence ?? "" } == ["online", "", "online"])
      #expect(all.contains("2 online"))
      #expect(!all.contains("value=\"1\" checked"))
      #expect(streams.allSatisfy { !$0.hasEnded })
    }
  }

  @Test func togetherWithFind() async throws {
    try await TestServer.with { server in
      let people = try await server.people("Ada Online", "Ada Offline", "Ben Online", "Me")
      let me = people[3]
      try await me.write("Hello", to: people[0])
      let streams = [try await people[0].events(), try await people[2].events()]
      #expect(try await me.browser.get("/?online=1&find=ada").html.names == ["Ada Online"])
      #expect(try await me.browser.get("/?online=1&find=on").html.names == ["Ada Online", "Ben Online"])
      #expect(try await me.browser.get("/?online=1&find=off").html.names == [])
      #expect(streams.allSatisfy { !$0.hasEnded })
    }
  }

  @Test func oneselfIsNotCounted() async throws {
    try await TestServer.with { server in
      let people = try await server.people("Ada", "Me")
      let stream = try await people[1].events()
      #expect(try await people[1].browser.get("/").contains("0 online"))
      let count = try await stream.first("the count") { $0.name == "count" }
      #expect(count.data.contains("0 online"))
      #expect(try await people[0].browser.get("/").contains("1 online"))
      let other = try await people[0].events()
      _ = try await stream.first("the new count") {
        $0.name == "count" && $0.data.contains("1 online")
      }
      #expect(!other.hasEnded)
    }
  }
}
