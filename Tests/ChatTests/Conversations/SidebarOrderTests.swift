import Foundation
import Testing

@testable import Chat

/// Everyone but the viewer: conversations by newest message, then people by name.
@Suite struct SidebarOrderTests {
  @Test func byNameBlindToCaseAndDiacritics() async throws {
    try await TestServer.with { server in
      let viewer = try await server.people("Zoe", "émile", "Bob", "anna", "Ärger", "Me")[5]
      let page = try await viewer.browser.get("/")
      #expect(page.html.names == ["anna", "Ärger", "Bob", "émile", "Zoe"])
      #expect(page.html.rows.allSatisfy { $0.attribute("data-newest") == "0" })
    }
  }

  @Test func conversationsFirstByNewestMessage() async throws {
    try await TestServer.with { server in
      let people = try await server.people("Me", "Ada", "Ben", "Cem", "Dan")
      let me = people[0]
      try await people[4].write("one", to: me)
      try await me.write("two", to: people[2])
      #expect(try await me.browser.get("/").html.names == ["Ben", "Dan", "Ada", "Cem"])
      try await people[4].write("three", to: me)
      #expect(try await me.browser.get("/").html.names == ["Dan", "Ben", "Ada", "Cem"])
      // Whom they wrote to shows on both sides, and on nobody else's.
      #expect(try await people[4].browser.get("/").html.names == ["Me", "Ada", "Ben", "Cem"])
      #expect(try await people[1].browser.get("/").html.names == ["Ben", "Cem", "Dan", "Me"])
    }
  }

  @Test func namesakesAreAllThere() async throws {
    try await TestServer.with { server in
      let people = try await server.people("Ada", "Ada", "ada", "Me")
      let keys = try await people[3].browser.get("/").html.rows.compactMap { $0.attribute("id") }
      #expect(keys == people.prefix(3).map { "row-u\($0.id)" })
    }
  }

  @Test func theFirstOneHere() async throws {
    try await TestServer.with { server in
      let ada = try await server.person("Ada")
      let alone = try await ada.browser.get("/")
      #expect(alone.html.rows.isEmpty)
      #expect(alone.contains("You are the first one here"))
      #expect(alone.contains("Only this computer can reach this chat so far."))
      #expect(alone.contains("0 online"))
      _ = try await server.person("Ben")
      let page = try await ada.browser.get("/")
      #expect(!page.contains("You are the first one here"))
      #expect(page.contains("Choose someone to write to"))
    }
  }

  @Test func theAddressToInviteTo() async throws {
    try await TestServer.with(.init(publicURL: "https://chat.example.org")) { server in
      let ada = try await server.signUp("Ada")
      #expect(try await ada.browser.get("/").contains("https://chat.example.org</strong>"))
    }
  }
}
