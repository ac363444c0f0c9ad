import Testing

@testable import Chat

/// A message reaches every open tab of both people, and nobody else.
@Suite struct DeliveryTests {
  @Test func everyTabOfBoth() async throws {
    try await TestServer.with { server in
      let people = try await server.people("Ada", "Ben")
      let streams = [
        try await people[0].events(), try await people[0].events(), try await people[1].events(),
        try await people[1].events(),
      ]
      try await people[0].write("Hello", to: people[1])
      for (number, stream) in streams.enumerated() {
        let event = try await stream.message("Hello")
        #expect(event.id != nil && event.name == "message")
        let row = try #require(event.html.rows.first)
        let other = people[number < 2 ? 1 : 0]
        #expect(row.attribute("id") == "row-u\(other.id)")
        #expect(row.contains("href=\"/conversations/1\""))
        #expect(row.preview == HTML(number < 2 ? "You: <bdi>Hello</bdi>" : "Hello"))
        #expect(row.unread == "" && !row.contains("aria-current"))
      }
    }
  }

  /// More than an event loop writes to in one turn.
  @Test func everyoneOfMany() async throws {
    try await TestServer.with { server in
      let people = try await server.people("Ada", "Ben")
      let streams = try await withThrowingTaskGroup(of: EventStream.self) { group in
        for number in 0..<300 { group.addTask { try await people[number % 2].events() } }
        return try await group.reduce(into: [EventStream]()) { $0.append($1) }
      }
      for text in ["the first", "the second"] { try await people[0].write(text, to: people[1]) }
      for stream in streams {
        _ = try await stream.message("the second")
        let texts = stream.durable.flatMap(\.html.articles).compactMap { $0.messageText?.description }
        #expect(texts == ["the first", "the second"])
      }
    }
  }

  @Test func aPageOpenedBeforeTheFirstMessage() async throws {
    try await TestServer.with { server in
      let people = try await server.people("Ada", "Ben")
      let page = try await people[1].browser.get("/people/\(people[0].id)")
      let stream = try await people[1].browser.events(after: page.html.event)
      try await people[0].write("the first", to: people[1])
      let event = try await stream.message("the first")
      let target = try #require(event.html.first("beforeend:#", "\"")).description
      #expect(page.contains("id=\"\(target)\""))
    }
  }

  @Test func inOneOrderWithGrowingIDs() async throws {
    try await TestServer.with { server in
      let people = try await server.people("Ada", "Ben")
      let streams = [try await people[0].events(), try await people[1].events()]
      try await withThrowingTaskGroup { group in
        for number in 0..<30 {
          group.addTask {
            let (from, to) = number % 2 == 0 ? (people[0], people[1]) : (people[1], people[0])
            try await from.write("m\(number)", to: to)
          }
        }
        try await group.waitForAll()
      }
      try await people[0].write("the end", to: people[1])
      var orders: [[String]] = []
      for stream in streams {
        _ = try await stream.message("the end")
        let ids = stream.durable.compactMap(\.id)
        #expect(zip(ids, ids.dropFirst()).allSatisfy { $0 < $1 })
        orders.append(stream.events.flatMap(\.html.articles).compactMap { $0.messageText?.description })
      }
      let page = try await people[0].page(with: people[1]).html.articles
      #expect(orders[0] == page.compactMap { $0.messageText?.description })
      #expect(orders[0] == orders[1])
      #expect(Set(orders[0]).count == 31)
    }
  }

  @Test func aThirdPersonSeesNothingOfIt() async throws {
    try await TestServer.with { server in
      let people = try await server.people("Ada", "Ben", "Eve")
      let eve = try await people[2].events()
      try await people[0].write("between us", to: people[1])
      _ = try await people[1].page(with: people[0])
      try await people[1].write("for Eve", to: people[2])
      _ = try await eve.message("for Eve")
      #expect(eve.durable.count == 1)
      let replay = try await people[2].browser.events(after: 0)
      _ = try await replay.message("for Eve")
      let seen = (eve.events + replay.events).map(\.data).joined()
      #expect(!seen.contains("between us"))
      #expect(!seen.contains("d\(people[0].id)-\(people[1].id)"))
      #expect(!seen.contains("data-counted"))
    }
  }

  @Test func aNewcomerAppearsInEverySidebar() async throws {
    try await TestServer.with { server in
      let ada = try await server.person("Ada")
      let stream = try await ada.events()
      let ben = try await server.signUp("Ben")
      let own = try await ben.browser.events(after: 0)
      let event = try await stream.first("the newcomer") { $0.html.row("u\(ben.id)") != nil }
      #expect(event.id != nil)
      #expect(event.data.contains("hx-swap-oob=\"beforeend:#row-list\""))
      #expect(event.html.row("u\(ben.id)")?.contains("href=\"/people/\(ben.id)\"") == true)
      try await ada.write("Welcome", to: ben)
      _ = try await own.message("Welcome")
      #expect(!own.events.contains { $0.html.row("u\(ben.id)") != nil }, "someone new to themselves")
    }
  }
}
