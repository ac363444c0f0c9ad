import Testing

@testable import Chat

/// Messages that answer others, and the line of those that stands above them.
@Suite struct ReplyTests {
  private static func reply(
    _ text: String, to message: Message.ID, by person: Person, in path: String, quote: String = ""
  ) async throws -> HTML {
    let answer = try await person.browser.post(
      path + "/messages", ["text": text, "replyTo": "\(message)", "quote": quote])
    try #require(answer.status == 303)
    return try #require(try await person.browser.get(path).html.articles.last)
  }

  private static func line(_ article: HTML) -> String? {
    article.first("data-quote-of=", "</span>")?.after(">")?.description
  }

  @Test func whatIsAnsweredStandsAbove() async throws {
    try await TestServer.with { server in
      let people = try await server.people("Ada", "Ben")
      let (ada, ben) = (people[0], people[1])
      try await ada.write("**Shall we** go?\nOn Sunday", to: ben)
      let id = try await ada.newestMessage(with: ben)
      let stream = try await ada.events()
      let article = try await Self.reply("Yes", to: id, by: ben, in: "/conversations/1")
      #expect(article.contains("href=\"/messages/\(id)\"") && article.contains(">Ada</b>"))
      #expect(Self.line(article) == "Shall we go? On Sunday")
      _ = try await stream.first("the answer") { $0.data.contains("data-quote-of=\"\(id)\"") }
      // It follows what becomes of that.
      try await ada.edit(id, "Shall we stay?")
      let told = try await stream.first("the line") { $0.data.contains("[data-quote-of='\(id)']") }
      #expect(told.data.contains("Shall we stay?"))
      let reply = try await ada.newestMessage(with: ben)
      #expect(Self.line(try await ada.article(reply)) == "Shall we stay?")
      try await ada.act("delete", on: id)
      #expect(Self.line(try await ada.article(reply)) == "Message deleted")
    }
  }

  /// What was selected is shown in the place of the start, until the words are others.
  @Test func aStretch() async throws {
    try await TestServer.with { server in
      let people = try await server.people("Ada", "Ben")
      let (ada, ben) = (people[0], people[1])
      try await ada.write("First words, then _the ones_ that count", to: ben)
      let id = try await ada.newestMessage(with: ben)
      let article = try await Self.reply(
        "Yes", to: id, by: ben, in: "/conversations/1", quote: " the ones that\n")
      #expect(Self.line(article) == "the ones that")
      let other = try await Self.reply(
        "No", to: id, by: ben, in: "/conversations/1", quote: "what nobody said")
      #expect(Self.line(other) == "First words, then the ones that count")
      try await ada.edit(id, "Other words, then the ones that count")
      #expect(
        Self.line(try await ada.article(try #require(article.messageID)))
          == "Other words, then the ones that count")
    }
  }

  /// What one never saw is not shown in an answer to it, neither live nor on a page.
  @Test func ofATimeBeforeOnesOwn() async throws {
    try await TestServer.with { server in
      let people = try await server.people("Ada", "Ben", "Cem")
      let group = try await MadeGroup.make("Club", by: people[0], with: [people[1]])
      try await group.write("Before Cem", by: people[0])
      let id = try #require(try await group.page(of: people[0]).html.articles.last?.messageID)
      try await group.change("add", [people[2]], by: people[0])
      let (old, new) = (try await people[1].events(), try await people[2].events())
      _ = try await Self.reply("Indeed", to: id, by: people[0], in: group.path)
      #expect(try await old.message("Indeed").data.contains("Before Cem"))
      let told = try await new.message("Indeed")
      #expect(!told.data.contains("Before Cem") && told.data.contains("What this answers is no longer here."))
      #expect(!(try await group.page(of: people[2]).contains("Before Cem")))
      #expect(try await group.page(of: people[1]).html.count(of: "Before Cem") == 2)
      // Who cannot see it cannot answer it: theirs is a message like any other.
      let blind = try await Self.reply("What?", to: id, by: people[2], in: group.path)
      #expect(!blind.contains("quote"))
      // Nor is a change of it theirs to see.
      try await people[0].edit(id, "Before Cem, edited")
      try await group.write("Afterwards", by: people[0])
      _ = try await new.message("Afterwards")
      #expect(!new.events.contains { $0.data.contains("Before Cem") })
    }
  }

  @Test func withoutModules() async throws {
    try await TestServer.with { server in
      let people = try await server.people("Ada", "Ben")
      try await people[0].write("Which way?", to: people[1])
      let id = try await people[0].newestMessage(with: people[1])
      let details = try await people[1].browser.get("/messages/\(id)/details")
      #expect(details.contains("href=\"/conversations/1?reply=\(id)#composer\""))
      let page = try await people[1].browser.get("/conversations/1?reply=\(id)")
      #expect(page.contains("Replying to") && page.contains("name=\"replyTo\" value=\"\(id)\""))
      // A message that is refused still answers it.
      let refused = try await people[1].browser.post(
        "/people/\(people[0].id)/messages", ["text": " ", "replyTo": "\(id)"])
      #expect(refused.status == 422 && refused.contains("name=\"replyTo\" value=\"\(id)\""))
      // What is of another conversation, or nothing at all, is not answered.
      for other in ["999", "x", "-1", ""] {
        #expect(!(try await people[1].browser.get("/conversations/1?reply=\(other)").contains("Replying to")))
        let sent = try await people[1].browser.post(
          "/people/\(people[0].id)/messages", ["text": "Hm", "replyTo": other])
        #expect(sent.status == 303)
      }
    }
  }
}
