import Testing

@testable import Chat

/// That somebody is typing is passed on to those who may see it, and to nobody else.
@Suite struct TypingTests {
  private static func isTyping(_ event: EventStream.Event) -> Bool { event.name == "typing" }

  @Test func inATalkOfTwo() async throws {
    try await TestServer.with { server in
      let people = try await server.people("Ada", "Ben", "Cem")
      let (ada, ben, cem) = (people[0], people[1], people[2])
      // With whom there is no talk yet nobody is told.
      #expect(try await ada.browser.post("/people/\(cem.id)/typing", [:]).status == 204)
      try await ben.write("Hello", to: cem)
      let streams = [try await ben.events(), try await cem.events()]
      #expect(try await ben.browser.post("/people/\(cem.id)/typing", [:]).status == 204)
      let told = try await streams[1].first("Ben is typing", where: Self.isTyping)
      #expect(told.id == nil)
      #expect(told.data.contains("[data-typing='\(ben.id)']") && told.data.contains("Ben is typing …"))
      // So often is enough.
      #expect(try await ben.browser.post("/people/\(cem.id)/typing", [:]).status == 204)
      try await ben.write("There", to: cem)
      _ = try await streams[1].message("There")
      #expect(streams[1].events.count(where: Self.isTyping) == 1)
      #expect(!streams[0].events.contains(where: Self.isTyping))
    }
  }

  @Test func inAGroup() async throws {
    try await TestServer.with { server in
      let people = try await server.people("Ada", "Ben", "Cem", "Dan")
      let group = try await MadeGroup.make("Club", by: people[0], with: [people[1], people[2]])
      let quiet = ["presence": "1", "reading": "1", "switches": "1"] as KeyValuePairs
      #expect(try await people[2].browser.post("/settings/privacy", quiet).status == 303)
      var streams: [EventStream] = []
      for person in people { streams.append(try await person.events()) }
      #expect(try await people[3].browser.post(group.path + "/typing", [:]).status == 404)
      // Who does not tell is not told.
      #expect(try await people[2].browser.post(group.path + "/typing", [:]).status == 204)
      #expect(try await people[0].browser.post(group.path + "/typing", [:]).status == 204)
      let told = try await streams[1].first("Ada is typing", where: Self.isTyping)
      #expect(told.data.contains("[data-typing='g\(group.id)']") && told.data.contains("Ada is typing …"))
      try await group.write("Here", by: people[0])
      _ = try await streams[2].message("Here")
      #expect(streams.map { $0.events.count(where: Self.isTyping) } == [0, 1, 0, 0])
    }
  }

  @Test func whoHidesIsNeverSeenTyping() async throws {
    try await TestServer.with { server in
      let people = try await server.people("Ada", "Ben")
      try await people[0].write("Hello", to: people[1])
      let hidden = ["reading": "1", "typing": "1", "switches": "1"] as KeyValuePairs
      #expect(try await people[0].browser.post("/settings/privacy", hidden).status == 303)
      let stream = try await people[1].events()
      #expect(try await people[0].browser.post("/people/\(people[1].id)/typing", [:]).status == 204)
      try await people[0].write("There", to: people[1])
      _ = try await stream.message("There")
      #expect(!stream.events.contains(where: Self.isTyping))
    }
  }
}
