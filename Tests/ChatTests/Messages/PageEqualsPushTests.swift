import Testing

@testable import Chat

/// A message is the same bytes in every page, answer and event.
@Suite struct PageEqualsPushTests {
  @Test func everywhere() async throws {
    try await TestServer.with { server in
      let people = try await server.people("Ada \"\u{0301} <b>", "Ben")
      let streams = [try await people[0].events(), try await people[1].events()]
      var answers: [HTML] = []
      for (number, text) in ["first", "two\nlines", "<script>\"\u{0301}", " spaces  kept ", "😀"].enumerated()
      {
        let sender = people[number == 3 ? 1 : 0]
        let receiver = people[number == 3 ? 0 : 1]
        let answer = try await sender.browser.post(
          "/people/\(receiver.id)/messages", ["text": text], ["HX-Request": "true"])
        answers += answer.html.articles
      }
      #expect(answers.count == 5)
      for stream in streams {
        _ = try await stream.message("😀")
        #expect(stream.events.flatMap(\.html.articles) == answers)
      }
      for person in people {
        let other = people[person.id == people[0].id ? 1 : 0]
        #expect(try await person.page(with: other).html.articles == answers)
        #expect(try await person.page(with: other, "?renew").html.articles == answers)
        #expect(try await person.browser.get("/conversations/1?around=3").html.articles == answers)
        #expect(try await person.browser.get("/conversations/1?before=99").html.articles == answers)
        let replay = try await person.browser.events(after: 0)
        _ = try await replay.message("😀")
        #expect(replay.events.flatMap(\.html.articles) == answers)
      }
    }
  }

  @Test func aRetryAnswersTheSame() async throws {
    try await TestServer.with { server in
      let people = try await server.people("Ada", "Ben")
      let fields = ["text": "Hello", "clientId": "6f9619ff-8b86-d011-b42d-00c04fc964ff"] as KeyValuePairs
      let path = "/people/\(people[1].id)/messages"
      let first = try await people[0].browser.post(path, fields, ["HX-Request": "true"])
      let again = try await people[0].browser.post(path, fields, ["HX-Request": "true"])
      #expect(first.bytes == again.bytes)
    }
  }

  /// What others do elsewhere does not change a page's bytes.
  @Test func aPageStaysTheSameUntilWhatItShowsChanges() async throws {
    try await TestServer.with { server in
      let people = try await server.people("Ada", "Ben", "Cem", "Dan")
      try await people[0].write("Hello", to: people[1])
      _ = try await people[0].page(with: people[1])
      let first = try await people[0].page(with: people[1])
      try await people[2].write("elsewhere", to: people[3])
      _ = try await people[3].browser.post("/conversations/2/read", ["message": "2"])
      let second = try await people[0].page(with: people[1])
      #expect(first.bytes == second.bytes)
      try await people[1].write("here", to: people[0])
      let third = try await people[0].page(with: people[1])
      #expect(first.bytes != third.bytes)
    }
  }

  @Test func theWrapperSaysWhereItBelongs() async throws {
    try await TestServer.with { server in
      let people = try await server.people("Ada", "Ben")
      let stream = try await people[1].events()
      try await people[0].write("Hello", to: people[1])
      let event = try await stream.message("Hello")
      let page = try await people[1].page(with: people[0])
      let target = try #require(event.html.first("hx-swap-oob=\"beforeend:#", "\"")).description
      #expect(page.contains("id=\"\(target)\" role=\"log\""))
      #expect(event.data.contains("hx-swap-oob=\"afterbegin:#row-list\""))
      #expect(page.contains("id=\"row-list\""))
    }
  }
}
