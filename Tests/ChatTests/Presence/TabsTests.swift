import GRDB
import Testing

@testable import Chat

/// Online while a tab is open, to those who have the person before them.
@Suite struct TabsTests {
  private func presence(_ stream: EventStream, of person: Person) -> [Bool] {
    stream.events.filter { $0.name == "presence" }.compactMap { event in
      event.html.first("[data-presence='\(person.id)']\">", "</span>").map { $0 == HTML("online") }
    }
  }

  @Test func twoTabs() async throws {
    try await TestServer.with { server in
      let people = try await server.people("Ada", "Ben")
      let (ada, ben) = (people[0], people[1])
      _ = try await ben.browser.get("/")
      let witness = try await ben.events()
      let tabs = [try await ada.events(), try await ada.events()]
      _ = try await witness.first("online") { _ in presence(witness, of: ada).last == true }
      tabs[0].close()
      try await eventually("one stream fewer") { await server.app.hub.streamCount == 2 }
      // A page that reloads.
      tabs[1].close()
      let reloaded = try await ada.browser.events()
      try await eventually("one tab again") { await server.app.hub.streamCount == 2 }
      let start = ContinuousClock.now
      reloaded.close()
      let offline = try await witness.first("offline", within: .seconds(15)) { _ in
        presence(witness, of: ada).last == false
      }
      #expect(offline.name == "presence")
      #expect(ContinuousClock.now - start > .seconds(3), "sooner than a reload takes")
      // Once online, once offline: what came first says how things stood when the stream opened.
      #expect(presence(witness, of: ada) == [false, true, false])
      let last = try #require(witness.events.last { $0.name == "presence" })
      #expect(
        last.html.first("[data-last-seen='\(ada.id)']\">", "</span>")?.contains("last seen <time") == true)
      #expect(last.id == nil)
      let page = try await ben.page(with: ada)
      #expect(page.contains("last seen <time datetime=\""))
      #expect(page.contains("data-presence=\"\(ada.id)\"></span>"))
      try await eventually("last seen is kept") {
        try await server.database.read {
          try Int64.fetchOne($0, sql: "SELECT last_seen_at FROM user WHERE id = ?", arguments: [ada.id])
        } != nil
      }
    }
  }

  @Test func onlyThoseConcernedAreTold() async throws {
    try await TestServer.with { server in
      let people = try await server.people("Ada", "Partner", "Viewer", "Stranger")
      let ada = people[0]
      try await people[1].write("Hello", to: ada)
      _ = try await people[2].browser.get("/")
      let partner = try await people[1].browser.events()
      let viewer = try await people[2].browser.events()
      let stranger = try await people[3].browser.events()
      let stream = try await ada.browser.events()
      for witness in [partner, viewer] {
        _ = try await witness.first("online") { _ in presence(witness, of: ada).last == true }
      }
      _ = try await stranger.first("the count") {
        $0.name == "count" && $0.data.contains("3 online")
      }
      #expect(presence(stranger, of: ada).isEmpty)
      #expect(!stream.hasEnded)
    }
  }

  @Test func whoeverStartsToTalkIsConcerned() async throws {
    try await TestServer.with { server in
      let people = try await server.people("Ada", "Ben")
      let ben = try await people[1].browser.events()
      _ = try await ben.first("the count") { $0.name == "count" }
      try await people[0].write("Hello", to: people[1])
      _ = try await ben.message("Hello")
      let ada = try await people[0].browser.events()
      _ = try await ben.first("online") { _ in presence(ben, of: people[0]).last == true }
      #expect(!ada.hasEnded)
    }
  }

  @Test func theCountAtMostOnceASecond() async throws {
    try await TestServer.with { server in
      let people = try await server.people("A", "B", "C", "D", "E", "F", "G", "Witness")
      let witness = try await people[7].browser.events()
      let start = ContinuousClock.now
      var streams: [EventStream] = []
      for person in people.prefix(7) { streams.append(try await person.browser.events()) }
      _ = try await witness.first("all of them") { $0.data.contains("7 online") }
      let counts = witness.events.filter { $0.name == "count" }.count
      let seconds = Int((ContinuousClock.now - start) / .seconds(1))
      #expect(counts <= seconds + 3, "\(counts) counts in \(seconds) seconds")
      #expect(streams.count == 7)
    }
  }
}
