import Testing

@testable import Chat

/// What one line of the sidebar says.
@Suite struct RowTests {
  @Test func withoutAConversation() async throws {
    try await TestServer.with { server in
      let people = try await server.people("Ada Lovelace", "Me")
      let row = try #require(try await people[1].browser.get("/").html.row("u\(people[0].id)"))
      #expect(row.contains("href=\"/people/\(people[0].id)\""))
      #expect(row.contains(">AL</span>"))
      #expect(row.preview == HTML("No messages yet"))
      #expect(row.unread == "")
      #expect(!row.contains("<time"))
      #expect(!row.contains("aria-current"))
    }
  }

  @Test func withOne() async throws {
    try await TestServer.with { server in
      let people = try await server.people("Ada", "Ben")
      try await people[0].write("first", to: people[1])
      try await people[0].write("  second \n\t and   more  ", to: people[1])
      let theirs = try #require(try await people[1].browser.get("/").html.row("u\(people[0].id)"))
      #expect(theirs.contains("href=\"/conversations/1\""))
      #expect(theirs.preview == HTML("second and more"))
      #expect(theirs.unread == "2")
      #expect(theirs.contains("unread"))
      #expect(theirs.attribute("data-newest") == "2")
      #expect(theirs.contains("<time class=\"when\" datetime=\""))
      let own = try #require(try await people[0].browser.get("/").html.row("u\(people[1].id)"))
      #expect(own.preview == HTML("You: <bdi>second and more</bdi>"))
      #expect(own.unread == "")
    }
  }

  @Test func everyLineHasADirectionOfItsOwn() async throws {
    try await TestServer.with { server in
      let people = try await server.people("Ada", "Ben")
      try await people[0].write("שלום!\n\nHello,  world!\r\nBye", to: people[1])
      let theirs = try #require(try await people[1].browser.get("/").html.row("u\(people[0].id)"))
      #expect(theirs.preview == HTML("שלום! <bdi>Hello, world!</bdi> <bdi>Bye</bdi>"))
      let own = try #require(try await people[0].browser.get("/").html.row("u\(people[1].id)"))
      #expect(own.preview == HTML("You: <bdi>שלום! <bdi>Hello, world!</bdi> <bdi>Bye</bdi></bdi>"))
    }
  }

  @Test func theOpenOneIsMarked() async throws {
    try await TestServer.with { server in
      let people = try await server.people("Ada", "Ben", "Cem")
      let before = try await people[1].page(with: people[0])
      #expect(before.html.row("u\(people[0].id)")?.contains("aria-current=\"page\"") == true)
      try await people[0].write("Hello", to: people[1])
      let after = try await people[1].page(with: people[0])
      #expect(after.html.row("u\(people[0].id)")?.contains("aria-current=\"page\"") == true)
      #expect(after.html.row("u\(people[0].id)")?.unread == "")
      #expect(after.html.row("u\(people[2].id)")?.contains("aria-current") == false)
    }
  }

  @Test func onlyTheStartOfALongMessage() async throws {
    try await TestServer.with { server in
      let people = try await server.people("Ada", "Ben")
      try await people[0].write(String(repeating: "word ", count: 1_000), to: people[1])
      let preview = try #require(
        try await people[1].browser.get("/").html.row("u\(people[0].id)")?.preview)
      #expect((50...130).contains(preview.description.count))
      #expect(preview.description.hasPrefix("word word word"))
    }
  }

  @Test func aThousandUnread() async throws {
    try await TestServer.with { server in
      let people = try await server.people("Ada", "Ben")
      try await server.history((0..<999).map { "\($0)" }, from: people[0].id, to: people[1].id)
      #expect(try await people[1].browser.get("/").html.rows.first?.unread == "999")
      try await server.history(["more", "and more"], from: people[0].id, to: people[1].id)
      #expect(try await people[1].browser.get("/").html.rows.first?.unread == "999+")
    }
  }

  /// What somebody wrote must look the same in a page, in the answer and on the stream.
  @Test(arguments: ["Hello", "👩‍👩‍👧‍👦", "e\u{0301}\u{0323}", "a b\n"])
  func pageAnswerAndStreamAgree(text: String) async throws {
    try await TestServer.with { server in
      let people = try await server.people("Ada", "Ben")
      let long = String(repeating: text, count: 5_000 / text.unicodeScalars.count)
      let streams = [try await people[0].events(), try await people[1].events()]
      let answer = try await people[0].browser.post(
        "/people/\(people[1].id)/messages", ["text": long], ["HX-Request": "true"])
      #expect(answer.status == 200)
      let own = try await streams[0].first("the message") { !$0.html.articles.isEmpty }
      #expect(own.html == answer.html)
      let theirs = try await streams[1].first("the message") { !$0.html.articles.isEmpty }
      let page = try await people[1].browser.get("/")
      #expect(page.html.rows.first?.preview == theirs.html.rows.first?.preview)
    }
  }
}
