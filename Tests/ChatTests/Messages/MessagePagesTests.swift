import GRDB
import Testing

@testable import Chat

/// The way to a message, what there is to know of it, and counting it as unread again.
@Suite struct MessagePagesTests {
  private static func newest(_ page: Answer) throws -> Int64 {
    try #require(page.html.articles.last?.messageID)
  }

  @Test func theWayToAMessage() async throws {
    try await TestServer.with { server in
      let people = try await server.people("Ada", "Ben", "Cem")
      try await people[0].write("Hello", to: people[1])
      let id = try Self.newest(try await people[0].page(with: people[1]))
      for person in people[0...1] {
        #expect(
          try await person.browser.get("/messages/\(id)").location
            == "/conversations/1?around=\(id)#message-\(id)")
        #expect(try await person.browser.get("/messages/\(id)/details").status == 200)
      }
      for path in ["/messages/\(id)", "/messages/999", "/messages/\(id)/details"] {
        let answer = try await people[2].browser.get(path)
        #expect(answer.status == 404)
        #expect(answer.contains("This message is no longer here, or it is not yours to see."))
      }
      #expect(try await people[0].browser.get("/messages/x").status == 404)
    }
  }

  /// Also one of the time before somebody came, or after they left.
  @Test func onlyWhoSeesItGetsThere() async throws {
    try await TestServer.with { server in
      let people = try await server.people("Ada", "Ben")
      let group = try await MadeGroup.make("Club", by: people[0])
      try await group.write("Before", by: people[0])
      let before = try Self.newest(try await group.page(of: people[0]))
      try await group.change("add", [people[1]], by: people[0])
      try await group.write("During", by: people[0])
      let during = try Self.newest(try await group.page(of: people[1]))
      #expect(try await people[1].browser.get("/messages/\(before)").status == 404)
      #expect(try await people[1].browser.post("/messages/\(before)/unread", [:]).status == 404)
      #expect(try await people[1].browser.get("/messages/\(during)").status == 303)
      try await group.change("remove", [people[1]], by: people[0])
      #expect(try await people[1].browser.get("/messages/\(during)").status == 404)
    }
  }

  @Test func unreadFromAMessageOn() async throws {
    try await TestServer.with { server in
      let people = try await server.people("Ada", "Ben")
      for text in ["One", "Two", "Three"] { try await people[0].write(text, to: people[1]) }
      for _ in 0..<2 { _ = try await people[1].page(with: people[0]) }
      let key = "u\(people[0].id)"
      #expect(try await people[1].browser.get("/").html.row(key)?.unread == "")
      let messages = try await people[1].page(with: people[0]).html.articles
      let second = try #require(messages[1].messageID)
      let stream = try await people[1].events()
      #expect(try await people[1].browser.post("/messages/\(second)/unread", [:]).location == "/")
      #expect(try await people[1].browser.get("/").html.row(key)?.unread == "2")
      _ = try await stream.first("the other tabs are told") {
        $0.name == "read" && $0.data.contains("<b>2</b>")
      }
      // It takes back no receipt.
      #expect(try await people[0].page(with: people[1]).html.receipts == ["Read", "Read", "Read"])
      #expect(try await people[1].page(with: people[0]).contains("2 new messages"))
      for _ in 0..<2 { _ = try await people[1].page(with: people[0]) }
      #expect(try await people[1].browser.get("/").html.row(key)?.unread == "")
    }
  }

  @Test func whoHasReadItInAGroup() async throws {
    try await TestServer.with { server in
      let people = try await server.people("Ada", "Ben", "Cem")
      let group = try await MadeGroup.make("Club", by: people[0], with: [people[1], people[2]])
      try await group.write("Hello", by: people[0])
      let id = try Self.newest(try await group.page(of: people[0]))
      func details() async throws -> Answer { try await people[0].browser.get("/messages/\(id)/details") }
      #expect(try await details().contains("Nobody has read it yet."))
      for person in people[1...] { for _ in 0..<2 { _ = try await group.page(of: person) } }
      #expect(try await details().contains("Read by 2 people"))
      // Whoever comes later has not read it, though nothing of it counts as unread for them.
      let dan = try await server.person("Dan")
      try await group.change("add", [dan], by: people[0])
      _ = try await group.page(of: dan)
      #expect(try await details().contains("Read by 2 people"))
      // Who does not tell is not told.
      let quiet = ["presence": "1", "typing": "1", "switches": "1"] as KeyValuePairs
      #expect(try await people[1].browser.post("/settings/privacy", quiet).status == 303)
      #expect(try await details().contains("Read by 1 person"))
      #expect(try await !people[1].browser.get("/messages/\(id)/details").contains("Read by"))
    }
  }
}
