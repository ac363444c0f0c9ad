import GRDB
import Testing

@testable import Chat

/// The chat with JavaScript off: forms, links and pages alone.
@Suite struct WithoutModulesTests {
  @Test func aPageThatRenewsItself() async throws {
    try await TestServer.with { server in
      let people = try await server.people("Ada", "Ben")
      let page = try await people[0].page(with: people[1])
      #expect(page.contains("Check for new messages"))
      #expect(!page.contains("http-equiv"))
      let link = "href=\"/people/\(people[1].id)?renew\">Reload automatically"
      #expect(page.contains(link))
      try await people[0].write("Hello", to: people[1])
      let renewing = try await people[0].page(with: people[1], "?renew")
      #expect(renewing.contains("<meta http-equiv=\"refresh\" content=\"30\">"))
      #expect(!renewing.contains("<textarea"))
      #expect(renewing.contains("href=\"/conversations/1\">Write</a>"))
      #expect(renewing.html.articles.count == 1)
    }
  }

  /// Whoever corrects a refused message finds every other part of the page still working.
  @Test func aRefusedMessageLeavesThePageWhole() async throws {
    try await TestServer.with { server in
      let people = try await server.people("Ada", "Ben", "Cem")
      _ = try await server.crowd(40)
      for hasConversation in [false, true] {
        let base = hasConversation ? "/conversations/1" : "/people/\(people[1].id)"
        let page = try await people[0].browser.post(base + "/messages", ["text": " \n "])
        #expect(page.status == 422)
        #expect(page.html.names.contains("Ben"))
        let find = try #require(page.html.first("id=\"find-form\" method=\"get\" action=\"", "\""))
        let found = try await people[0].browser.get(find.description + "?find=cem")
        #expect([200, 303].contains(found.status), "\(find)")
        let more = try #require(
          page.html.first("<li id=\"more-rows\"><a class=\"button\" href=\"", "\"")?.description
            .replacing("&amp;", with: "&"))
        let rest = try await people[0].browser.get(more)
        #expect([200, 303].contains(rest.status), "\(more)")
        try await people[0].write("Hello", to: people[1])
      }
    }
  }

  @Test func aPageViewCountsAsOnline() async throws {
    try await TestServer.with { server in
      let people = try await server.people("Ada", "Ben")
      #expect(try await people[0].browser.get("/").html.rows.first?.presence == "")
      _ = try await people[1].browser.get("/")
      #expect(try await people[0].browser.get("/").html.rows.first?.presence == "online")
      let conversation = try await people[0].page(with: people[1])
      #expect(
        conversation.contains(
          "<p class=\"status\"><span class=\"presence\" data-presence=\"2\">online</span>"))
    }
  }

  /// Modules have streams to say that someone is there; a page alone says nothing then.
  @Test func notOnceTheSessionHasHadAStream() async throws {
    try await TestServer.with { server in
      let people = try await server.people("Ada", "Ben")
      try await server.database.writer.write { db in
        try db.execute(sql: "UPDATE session SET has_streamed = 1")
      }
      _ = try await people[1].browser.get("/")
      #expect(try await people[0].browser.get("/").html.rows.first?.presence == "")
    }
  }
}
