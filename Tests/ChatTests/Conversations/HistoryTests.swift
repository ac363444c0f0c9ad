import Testing

@testable import Chat

/// Older messages by keyset paging, and a message in its context.
@Suite struct HistoryTests {
  private static let texts = (1...125).map { "m\($0)" }

  private func with(_ body: (Person, Person, [Int64]) async throws -> Void) async throws {
    try await TestServer.with { server in
      let people = try await server.people("Ada", "Ben")
      let ids = try await server.history(Self.texts, from: people[0].id, to: people[1].id)
      try await body(people[1], people[0], ids)
    }
  }

  private func texts(_ html: HTML) -> [String] { html.articles.compactMap { $0.messageText?.description } }

  private func older(_ html: HTML) -> String? {
    html.first("<p class=\"older\" id=\"older\"><a class=\"button\" href=\"", "\"")?.description
  }

  private func newer(_ html: HTML) -> String? {
    html.first("<p class=\"newer\" id=\"newer\"><a class=\"button\" href=\"", "\"")?.description
  }

  /// Whether the way to the newest messages is shown.
  private func leadsToNewest(_ page: Answer) -> Bool {
    page.contains("<p class=\"newer\" id=\"to-newest\">")
  }

  @Test func theNewestFiftyThenOlderOnes() async throws {
    try await with { me, ada, _ in
      let newest = try await me.page(with: ada)
      #expect(texts(newest.html) == Array(Self.texts[75...]))
      #expect(newest.contains("id=\"messages-d"))
      let second = try await me.browser.get(try #require(older(newest.html)))
      #expect(texts(second.html) == Array(Self.texts[25..<75]))
      let third = try await me.browser.get(try #require(older(second.html)))
      #expect(texts(third.html) == Array(Self.texts[..<25]))
      #expect(older(third.html) == nil)
      for page in [second, third] {
        // Live messages must not land under a gap.
        #expect(!page.contains("id=\"messages-d"))
        #expect(leadsToNewest(page))
      }
      #expect(!leadsToNewest(newest) && newer(newest.html) == nil)
      let back = try await me.browser.get(try #require(newer(third.html)))
      #expect(texts(back.html) == Array(Self.texts[25..<75]))
      let end = try await me.browser.get(try #require(newer(back.html)))
      #expect(texts(end.html) == Array(Self.texts[75...]))
      #expect(newer(end.html) == nil && end.contains("id=\"messages-d"))
    }
  }

  @Test func olderOnesAsAFragment() async throws {
    try await with { me, ada, _ in
      let address = try #require(older(try await me.page(with: ada).html))
      let fragment = try await me.browser.get(address, ["HX-Request": "true", "HX-Target": "older"])
      #expect(texts(fragment.html) == Array(Self.texts[25..<75]))
      #expect(fragment.text.hasPrefix("<p class=\"older\""))
      #expect(!fragment.contains("<html") && !fragment.contains("composer"))
      let page = try await me.browser.get(address)
      #expect(page.html.articles == fragment.html.articles)
    }
  }

  @Test func newerOnesAsAFragment() async throws {
    try await with { me, ada, ids in
      let address = "/conversations/1?after=\(ids[59])"
      let fragment = try await me.browser.get(address, ["HX-Request": "true", "HX-Target": "newer"])
      #expect(texts(fragment.html) == Array(Self.texts[60..<110]))
      #expect(fragment.text.hasPrefix("<div hx-swap-oob=\"beforeend:.messages\">"))
      #expect(newer(fragment.html) == "/conversations/1?after=\(ids[109])")
      #expect(
        !fragment.contains("<html") && !fragment.contains("composer") && !fragment.contains("id=\"older\""))
    }
  }

  @Test func aPageThatAModuleAsksForIsNotRead() async throws {
    try await with { me, ada, _ in
      func isUnread() async throws -> Bool? {
        try await me.browser.get("/").html.row("u\(ada.id)")?.contains("unread</span>")
      }
      _ = try await me.browser.get("/conversations/1", ["HX-Request": "true", "HX-Target": "page"])
      #expect(try await isUnread() == true)
      _ = try await me.browser.get("/conversations/1")
      #expect(try await isUnread() == false)
    }
  }

  @Test func aMessageInItsContext() async throws {
    try await with { me, _, ids in
      let page = try await me.browser.get("/conversations/1?around=\(ids[59])")
      #expect(texts(page.html) == Array(Self.texts[34..<84]))
      #expect(leadsToNewest(page))
      let first = try await me.browser.get("/conversations/1?around=\(ids[0])")
      #expect(texts(first.html) == Array(Self.texts[..<25]))
      #expect(older(first.html) == nil)
      let last = try await me.browser.get("/conversations/1?around=\(ids[124])")
      #expect(texts(last.html) == Array(Self.texts[99...]))
      #expect(last.contains("id=\"messages-d"))
    }
  }

  @Test func anyPlace() async throws {
    try await with { me, _, ids in
      for query in [
        "before=x", "before=", "around=x", "before=99999999999999999999", "around=", "renew", "x=y",
      ] {
        let page = try await me.browser.get("/conversations/1?\(query)")
        #expect(texts(page.html) == Array(Self.texts[75...]), "\(query)")
      }
      for query in ["before=0", "before=-5", "before=\(ids[0])", "around=9223372036854775807"] {
        let page = try await me.browser.get("/conversations/1?\(query)")
        #expect(page.status == 200, "\(query)")
      }
    }
  }

  @Test func exactlyFifty() async throws {
    try await TestServer.with { server in
      let people = try await server.people("Ada", "Ben")
      try await server.history(Array(Self.texts.prefix(50)), from: people[0].id, to: people[1].id)
      #expect(older(try await people[1].page(with: people[0]).html) == nil)
      try await people[0].write("m51", to: people[1])
      #expect(older(try await people[1].page(with: people[0]).html) != nil)
    }
  }

  @Test func anotherConversationIsNeverMixedIn() async throws {
    try await TestServer.with { server in
      let people = try await server.people("Ada", "Ben", "Cem")
      for number in 0..<10 {
        try await server.history(["to ben \(number)"], from: people[0].id, to: people[1].id)
        try await server.history(["to cem \(number)"], from: people[0].id, to: people[2].id)
      }
      let page = try await people[1].browser.get("/conversations/1?around=10")
      #expect(texts(page.html) == (0..<10).map { "to ben \($0)" })
    }
  }
}
