import Testing

@testable import Chat

/// What the author of messages in a talk of two is told of them.
@Suite struct ReceiptTests {
  private static let quiet: KeyValuePairs = ["presence": "1", "typing": "1", "switches": "1"]

  @Test func sentThenRead() async throws {
    try await TestServer.with { server in
      let people = try await server.people("Ada", "Ben")
      let (ada, ben) = (people[0], people[1])
      let answer = try await ada.browser.post(
        "/people/\(ben.id)/messages", ["text": "Hello"], ["HX-Request": "true"])
      #expect(answer.html.receipts == ["Sent"])
      #expect(try await ada.page(with: ben).html.receipts == ["Sent"])
      let stream = try await ada.events()
      #expect(try await ben.page(with: ada).html.receipts == [])
      let told = try await stream.first("it has been read") { $0.name == "receipt" }
      #expect(told.id == nil && told.data.contains("#message-1 .receipt") && told.data.contains(">Read<"))
      #expect(try await ada.page(with: ben).html.receipts == ["Read"])
      // A stream that comes back is told what it missed.
      let again = try await ada.browser.events(after: 1)
      _ = try await again.first("it has been read") { $0.name == "receipt" && $0.data.contains("#message-1") }
    }
  }

  @Test func whoDoesNotTellIsNotTold() async throws {
    try await TestServer.with { server in
      let people = try await server.people("Ada", "Ben")
      let (ada, ben) = (people[0], people[1])
      #expect(try await ben.browser.post("/settings/privacy", Self.quiet).status == 303)
      try await ada.write("Hello", to: ben)
      try await ben.write("Hi", to: ada)
      var streams = [try await ada.events(), try await ben.events()]
      for _ in 0..<2 { _ = try await ben.page(with: ada) }
      for _ in 0..<2 { _ = try await ada.page(with: ben) }
      #expect(try await ada.page(with: ben).html.receipts == ["Sent"])
      #expect(try await ben.page(with: ada).html.receipts == ["Sent"])
      // Neither live nor after an absence.
      streams += [try await ada.browser.events(after: 1), try await ben.browser.events(after: 1)]
      try await ada.write("What comes after", to: ben)
      for stream in streams {
        _ = try await stream.message("What comes after")
        #expect(!stream.events.contains { $0.name == "receipt" })
      }
    }
  }

  /// What open pages say already goes, on both sides and nowhere else.
  @Test func whoTellsNoLongerTakesItBack() async throws {
    try await TestServer.with { server in
      let people = try await server.people("Ada", "Ben", "Cem")
      let (ada, ben, cem) = (people[0], people[1], people[2])
      try await ada.write("Hello", to: ben)
      for _ in 0..<2 { _ = try await ben.page(with: ada) }
      let streams = [try await ada.browser.events(), try await ben.browser.events()]
      #expect(try await ben.browser.post("/settings/privacy", Self.quiet).status == 303)
      for (stream, place) in zip(streams, ["[data-with=&#39;\(ben.id)&#39;]", "[data-with]"]) {
        let told = try await stream.first("it is taken back") { $0.data.contains("\(place) .receipt") }
        #expect(told.name == "receipt" && told.data.contains(">Sent<"))
      }
      #expect(try await ada.page(with: ben).html.receipts == ["Sent"])
      let other = try await cem.browser.events()
      #expect(try await ben.browser.post("/settings/privacy", Self.quiet).status == 303)
      try await ada.write("Hi", to: cem)
      _ = try await other.message("Hi")
      #expect(!other.events.contains { $0.name == "receipt" })
    }
  }

  @Test func noneInAGroup() async throws {
    try await TestServer.with { server in
      let people = try await server.people("Ada", "Ben")
      let group = try await MadeGroup.make("Club", by: people[0], with: [people[1]])
      try await group.write("Hello", by: people[0])
      for person in people { #expect(try await group.page(of: person).html.receipts == []) }
    }
  }

  /// A form of an earlier version has one switch, and changes that one.
  @Test func aFormWithOneSwitch() async throws {
    try await TestServer.with { server in
      let ada = try await server.person("Ada")
      for form in [Self.quiet, ["presence": "1"]] as [KeyValuePairs<String, String>] {
        #expect(try await ada.browser.post("/settings/privacy", form).status == 303)
        let privacy = try await server.database.read { try Privacy.of(ada.id, in: $0) }
        #expect(privacy.showsPresence && privacy.showsTyping && !privacy.showsReading)
      }
      #expect(try await ada.browser.post("/settings/privacy", ["typing": "2"]).status == 422)
    }
  }
}
