import GRDB
import Testing

@testable import Chat

/// Something else in the place of what one wrote.
@Suite struct EditingTests {
  @Test func everyPageAndStreamShowsIt() async throws {
    try await TestServer.with { server in
      let people = try await server.people("Ada", "Ben")
      let (ada, ben) = (people[0], people[1])
      try await ada.write("Helo", to: ben)
      let id = try await ada.newestMessage(with: ben)
      let streams = [try await ada.events(), try await ben.events()]
      #expect(try await ada.edit(id, "Hello").location == "/messages/\(id)")
      for stream in streams {
        let told = try await stream.first("the new words") { $0.id != nil && $0.data.contains(">Hello<") }
        #expect(told.data.contains("edited") && !told.data.contains("Helo<"))
        // The line in the list as well, where this is the newest message.
        #expect(told.data.contains("[data-newest='\(id)'] .preview"))
      }
      for person in people {
        let article = try await person.article(id)
        #expect(
          article.messageText == HTML("Hello") && article.contains("<span class=\"edited\">edited</span>"))
        #expect(try await person.browser.get("/").html.rows.first?.contains("Hello") == true)
      }
      // Who comes back gets it as well, and nowhere is there anything of what was.
      let again = try await ben.browser.events(after: 0)
      _ = try await again.first("the message as it is") { $0.data.contains(">Hello<") }
      #expect(!again.events.contains { $0.data.contains("Helo<") })
      let kept = try await server.database.read { try String.fetchAll($0, sql: "SELECT text FROM message") }
      #expect(kept == ["Hello"])
      #expect(try await ada.browser.get("/messages/\(id)/details").contains("Edited:"))
    }
  }

  /// It is no new message: nobody has something unread by it, and its author's receipt stays.
  @Test func itTellsNobody() async throws {
    try await TestServer.with { server in
      let people = try await server.people("Ada", "Ben")
      let (ada, ben) = (people[0], people[1])
      try await ada.write("One", to: ben)
      let id = try await ada.newestMessage(with: ben)
      for _ in 0..<2 { _ = try await ben.page(with: ada) }
      let stream = try await ada.events()
      try await ada.edit(id, "Two")
      let told = try await stream.first("the new words") { $0.id != nil && $0.data.contains(">Two<") }
      #expect(told.html.receipts == ["Read"])
      #expect(try await ben.browser.get("/").html.row("u\(ada.id)")?.unread == "")
    }
  }

  /// Of two tabs the later one is told, and sees both.
  @Test func twoAtOnce() async throws {
    try await TestServer.with { server in
      let people = try await server.people("Ada", "Ben")
      try await people[0].write("First", to: people[1])
      let id = try await people[0].newestMessage(with: people[1])
      let form = try await people[0].browser.get("/messages/\(id)/edit").html
      let base = try #require(form.first("name=\"base\" value=\"", "\"")?.description)
      #expect(try await people[0].edit(id, "Second", base: base).status == 303)
      let late = try await people[0].edit(id, "Third", base: base)
      #expect(late.status == 409)
      #expect(late.contains("This message changed while you were editing it."))
      #expect(late.contains(">Second</blockquote>") && late.contains("Third</textarea>"))
      let again = try #require(late.html.first("name=\"base\" value=\"", "\"")?.description)
      #expect(try await people[0].edit(id, "Third", base: again).status == 303)
      #expect(try await people[0].article(id).messageText == HTML("Third"))
      // What is refused for another reason hides no change that came meanwhile.
      let empty = try await people[0].edit(id, " ", base: base)
      #expect(empty.status == 422 && empty.contains("name=\"base\" value=\"\(base)\""))
      // The same once more changes nothing.
      #expect(try await people[0].edit(id, "Third", base: base).status == 303)
    }
  }

  @Test(arguments: [("", "Write something first."), (" \n ", "Write something first.")])
  func refused(text: String, sentence: String) async throws {
    try await TestServer.with { server in
      let people = try await server.people("Ada", "Ben")
      try await people[0].write("Hello", to: people[1])
      let id = try await people[0].newestMessage(with: people[1])
      for asFragment in [false, true] {
        let answer = try await people[0].edit(id, text, asFragment: asFragment)
        #expect(answer.status == 422 && answer.contains(sentence))
      }
      let long = try await people[0].edit(id, String(repeating: "x", count: 5_001))
      #expect(long.status == 422 && long.contains(String(repeating: "x", count: 5_001) + "</textarea>"))
      #expect(try await people[0].article(id).messageText == HTML("Hello"))
    }
  }

  /// What was typed is shown once more where nothing is left to put it in the place of.
  @Test func nothingTypedIsLost() async throws {
    try await TestServer.with { server in
      let people = try await server.people("Ada", "Ben")
      let (ada, ben) = (people[0], people[1])
      let group = try await MadeGroup.make("Club", by: ada, with: [ben])
      try await group.write("Helo", by: ben)
      let id = try #require(try await group.page(of: ben).html.articles.last?.messageID)
      try await ada.act("delete", on: id)
      let deleted = try await ben.edit(id, "Hello <all>")
      #expect(deleted.status == 409 && deleted.contains("This message was deleted."))
      #expect(deleted.contains("Hello &lt;all&gt;</textarea>"))
      _ = try await ben.browser.post(group.path + "/leave", [:])
      let left = try await ben.edit(id, "Hello")
      #expect(left.status == 404 && left.contains("Hello</textarea>"))
      #expect(!(try await ben.edit(id, "Hello", asFragment: true).contains("Hello")))
    }
  }

  /// One who was meant is meant no longer once that is edited away, and nobody is meant anew.
  @Test func mentions() async throws {
    try await TestServer.with { server in
      let people = try await server.people("Ada", "Ben", "Cem")
      let group = try await MadeGroup.make("Club", by: people[0], with: Array(people[1...]))
      try await group.write("@Ben come", by: people[0])
      let id = try #require(try await group.page(of: people[0]).html.articles.last?.messageID)
      #expect(try await people[1].browser.get("/").contains("mentions you"))
      try await people[0].edit(id, "@Ben and @Cem come")
      let article = try await people[0].article(id)
      #expect(article.count(of: "data-mention=") == 1)
      #expect(!(try await people[2].browser.get("/").contains("mentions you")))
      let stream = try await people[1].events()
      try await people[0].edit(id, "come")
      _ = try await stream.first("the sign is gone from an open page, too") {
        $0.data.contains("innerHTML:#row-g\(group.id) .mentioned\"></span>")
      }
      #expect(!(try await people[1].browser.get("/").contains("mentions you")))
      let left = try await server.database.read { try Int.fetchOne($0, sql: "SELECT count(*) FROM mention") }
      #expect(left == 0)
    }
  }
}
