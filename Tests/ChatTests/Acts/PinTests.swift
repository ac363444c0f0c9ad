import Testing

@testable import Chat

/// Messages that stand under the heading of their conversation.
@Suite struct PinTests {
  @Test func pinAndUnpin() async throws {
    try await TestServer.with { server in
      let people = try await server.people("Ada", "Ben")
      let (ada, ben) = (people[0], people[1])
      for text in ["Bus stop", "Bring water"] { try await ada.write(text, to: ben) }
      let ids = try await ada.page(with: ben).html.articles.compactMap(\.messageID)
      let stream = try await ben.events()
      try await ada.act("pin", on: ids[0])
      let told = try await stream.first("the pin") { $0.data.contains("id=\"pins-") }
      #expect(told.data.contains("Bus stop") && !told.data.contains("1 of"))
      try await ben.act("pin", on: ids[1])
      let page = try await ada.page(with: ben)
      let bar = try #require(page.html.first("<div class=\"pins\"", "</div>"))
      #expect(bar.contains("Bring water") && bar.contains("1 of 2"))
      let details = try await ada.browser.get("/conversations/1/details")
      #expect(details.html.first("id=\"pinned\"", "</section>")?.contains("Bus stop") == true)
      try await ada.edit(ids[1], "Bring tea")
      _ = try await stream.first("the new words") {
        $0.data.contains("id=\"pins-") && $0.data.contains("Bring tea")
      }
      try await ada.act("delete", on: ids[1])
      #expect(
        try await ben.page(with: ada).html.first("<div class=\"pins\"", "</div>")?.contains("Bus stop")
          == true)
      try await ben.act("pin", on: ids[0])
      #expect(
        try await ben.page(with: ada).html.first("<div class=\"pins\"", "</div>")?.contains("<a") == false)
    }
  }

  @Test func atMostTwenty() async throws {
    try await TestServer.with { server in
      let people = try await server.people("Ada", "Ben")
      for number in 0..<21 { try await people[0].write("Message \(number)", to: people[1]) }
      let ids = try await people[0].page(with: people[1]).html.articles.compactMap(\.messageID)
      for id in ids.prefix(20) { #expect(try await people[0].act("pin", on: id).status == 303) }
      let refused = try await people[0].act("pin", on: ids[20])
      #expect(refused.status == 422 && refused.contains("20 pinned messages"))
    }
  }

  /// Who came later sees no pin of the time before, neither live nor on a page.
  @Test func ofATimeBeforeOnesOwn() async throws {
    try await TestServer.with { server in
      let people = try await server.people("Ada", "Ben")
      let group = try await MadeGroup.make("Club", by: people[0])
      try await group.write("Before Ben", by: people[0])
      let id = try #require(try await group.page(of: people[0]).html.articles.last?.messageID)
      try await group.change("add", [people[1]], by: people[0])
      let stream = try await people[1].events()
      try await people[0].act("pin", on: id)
      _ = try await stream.first("the pins") { $0.data.contains("id=\"pins-") }
      #expect(!stream.events.contains { $0.data.contains("Before Ben") })
      #expect(!(try await group.page(of: people[1]).contains("Before Ben")))
      #expect(
        try await group.page(of: people[0]).html.first("<div class=\"pins\"", "</div>")?.contains(
          "Before Ben") == true)
    }
  }
}
