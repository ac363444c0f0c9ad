import GRDB
import Testing

@testable import Chat

/// Through which message somebody has read, on all of their own tabs and nobody else's.
@Suite struct ReadMarkTests {
  /// As it stands once a page was made.
  private func mark(_ person: Person) async throws -> Int64? {
    _ = try await person.browser.get("/")
    return try await person.server.database.read {
      try Int64.fetchOne(
        $0, sql: "SELECT last_read_message_id FROM member WHERE user_id = ?", arguments: [person.id])
    }
  }

  private func unread(_ person: Person) async throws -> String? {
    try await person.browser.get("/").html.rows.first?.unread
  }

  @Test func openingMarksRead() async throws {
    try await TestServer.with { server in
      let people = try await server.people("Ada", "Ben")
      for text in ["one", "two"] { try await people[0].write(text, to: people[1]) }
      let tab = try await people[1].events()
      let sender = try await people[0].events()
      #expect(try await unread(people[1]) == "2")
      let page = try await people[1].page(with: people[0])
      #expect(page.contains("<span>2 new messages</span>"))
      #expect(try await mark(people[1]) == 2)
      #expect(try await unread(people[1]) == "")
      #expect(try await !people[1].page(with: people[0]).contains("new messages</span>"))
      let event = try await tab.first("the mark") { $0.data.contains("data-counted=\"2\"") }
      #expect(event.id == nil && event.name == "read")
      #expect(event.data.contains("hx-swap-oob=\"innerHTML:#row-u\(people[0].id) .unread\""))
      #expect(!event.data.contains("<b>"))
      try await people[1].write("three", to: people[0])
      _ = try await sender.message("three")
      #expect(!sender.events.contains { $0.data.contains("data-counted") })
    }
  }

  /// Else each count would step over all that one person wrote.
  @Test func theMarkGoesAlongWithOnesOwnMessages() async throws {
    try await TestServer.with { server in
      let people = try await server.people("Ada", "Ben")
      for text in ["one", "two"] { try await people[0].write(text, to: people[1]) }
      #expect(try await mark(people[0]) == 2)
      #expect(try await mark(people[1]) == 0)
      // Past what was not read it does not go.
      try await people[1].write("three", to: people[0])
      #expect(try await mark(people[1]) == 0)
      #expect(try await unread(people[1]) == "2")
      _ = try await people[1].page(with: people[0])
      #expect(try await mark(people[1]) == 3)
      try await people[1].write("four", to: people[0])
      #expect(try await mark(people[1]) == 4)
      #expect(try await unread(people[0]) == "2")
    }
  }

  @Test func byAPostOnAllTabs() async throws {
    try await TestServer.with { server in
      let people = try await server.people("Ada", "Ben")
      for text in ["one", "two", "three"] { try await people[0].write(text, to: people[1]) }
      let tabs = [try await people[1].events(), try await people[1].events()]
      let answer = try await people[1].browser.post("/people/\(people[0].id)/read", ["message": "2"])
      #expect(answer.status == 204)
      #expect(answer.bytes.isEmpty)
      for tab in tabs {
        let event = try await tab.first("the mark") { $0.data.contains("data-counted=\"3\"") }
        #expect(event.data.contains("<b>1</b>"))
      }
      #expect(try await unread(people[1]) == "1")
      // Never back.
      _ = try await people[1].browser.post("/conversations/1/read", ["message": "1"])
      #expect(try await mark(people[1]) == 2)
      // Nor past what is there.
      _ = try await people[1].browser.post("/conversations/1/read", ["message": "9999999"])
      #expect(try await mark(people[1]) == 3)
      try await people[0].write("four", to: people[1])
      #expect(try await unread(people[1]) == "1")
    }
  }

  @Test func nothingToMark() async throws {
    try await TestServer.with { server in
      let people = try await server.people("Ada", "Ben")
      let before = try await people[0].browser.post("/people/\(people[1].id)/read", ["message": "1"])
      #expect(before.status == 204)
      for message in ["", "x", "1.5", "99999999999999999999"] {
        let answer = try await people[0].browser.post(
          "/people/\(people[1].id)/read", ["message": message])
        #expect(answer.status == 400, "\(message)")
      }
      try await people[0].write("one", to: people[1])
      let foreign = try await people[1].browser.post("/conversations/1/read", ["message": "-1"])
      #expect(foreign.status == 204)
      #expect(try await mark(people[1]) == 0)
    }
  }

  @Test func whatNobodyHasSeen() async throws {
    try await TestServer.with { server in
      let people = try await server.people("Ada", "Ben")
      try await people[0].write("one", to: people[1])
      _ = try await people[1].browser.send(.HEAD, "/conversations/1")
      _ = try await people[1].browser.get("/conversations/1", ["Sec-Purpose": "prefetch;prerender"])
      _ = try await people[1].browser.get("/")
      _ = try await people[1].browser.get("/people/\(people[0].id)")
      #expect(try await mark(people[1]) == 0)
      #expect(try await unread(people[1]) == "1")
    }
  }

  @Test func olderPagesMarkWhatTheyShow() async throws {
    try await TestServer.with { server in
      let people = try await server.people("Ada", "Ben")
      let ids = try await server.history((1...120).map { "m\($0)" }, from: people[0].id, to: people[1].id)
      _ = try await people[1].browser.get("/conversations/1?around=\(ids[29])")
      let marked = try #require(try await mark(people[1]))
      #expect(marked >= ids[29] && marked < ids[119])
    }
  }

  @Test func onesOwnMessagesAreNeverUnread() async throws {
    try await TestServer.with { server in
      let people = try await server.people("Ada", "Ben")
      try await people[0].write("one", to: people[1])
      #expect(try await unread(people[0]) == "")
      try await people[1].write("two", to: people[0])
      #expect(try await unread(people[0]) == "1")
      #expect(try await unread(people[1]) == "1")
    }
  }
}
