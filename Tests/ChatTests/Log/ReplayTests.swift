import GRDB
import Testing

@testable import Chat

/// A client that returns gets what it missed, once each, in order.
@Suite struct ReplayTests {
  private func texts(_ stream: EventStream) -> [String] {
    stream.events.flatMap(\.html.articles).compactMap { $0.messageText?.description }
  }

  @Test func theHeaderWinsOverTheAddress() async throws {
    try await TestServer.with { server in
      let people = try await server.people("Ada", "Ben")
      let first = try await people[1].events()
      for text in ["one", "two", "three"] { try await people[0].write(text, to: people[1]) }
      let two = try await first.message("two")
      let id = try #require(two.id)
      let byHeader = try await people[1].browser.events(after: 0, lastEventID: id)
      _ = try await byHeader.message("three")
      #expect(texts(byHeader) == ["three"])
      let byAddress = try await people[1].browser.events(after: id)
      _ = try await byAddress.message("three")
      #expect(texts(byAddress) == ["three"])
      let all = try await people[1].browser.events(after: 0)
      _ = try await all.message("three")
      #expect(texts(all) == ["one", "two", "three"])
    }
  }

  @Test func nothingMissed() async throws {
    try await TestServer.with { server in
      let people = try await server.people("Ada", "Ben")
      try await people[0].write("before", to: people[1])
      let stream = try await people[1].events()
      try await people[0].write("after", to: people[1])
      _ = try await stream.message("after")
      #expect(texts(stream) == ["after"])
    }
  }

  @Test func overManyPages() async throws {
    try await TestServer.with { server in
      let people = try await server.people("Ada", "Ben", "Cem")
      let event = try #require(try await people[1].browser.get("/").html.event)
      let sent = (0..<450).map { "m\($0)" }
      try await server.history(sent, from: people[0].id, to: people[1].id)
      try await server.history(["not for Ben"], from: people[0].id, to: people[2].id)
      let stream = try await people[1].browser.events(after: event)
      try await people[0].write("the end", to: people[1])
      _ = try await stream.message("the end")
      #expect(texts(stream) == sent + ["the end"])
      let ids = stream.durable.compactMap(\.id)
      #expect(zip(ids, ids.dropFirst()).allSatisfy { $0 < $1 })
    }
  }

  @Test func readMarksAreReplayedToTheirOwner() async throws {
    try await TestServer.with { server in
      let people = try await server.people("Ada", "Ben")
      try await people[0].write("Hello", to: people[1])
      _ = try await people[1].page(with: people[0])
      try await people[0].write("the end", to: people[1])
      for (person, marks) in [(people[0], 0), (people[1], 1)] {
        let stream = try await person.browser.events(after: 0)
        _ = try await stream.message("the end")
        if marks > 0 { _ = try await stream.first("the mark") { $0.name == "read" } }
        #expect(stream.events.contains { $0.data.contains("data-counted") } == (marks > 0))
      }
    }
  }

  /// Pages are loaded and streams opened while somebody keeps writing.
  @Test func nothingFallsBetweenPageAndStream() async throws {
    try await TestServer.with { server in
      let people = try await server.people("Ada", "Ben")
      try await people[0].write("m0", to: people[1])
      try await withThrowingTaskGroup { group in
        group.addTask {
          for number in 1..<40 { try await people[0].write("m\(number)", to: people[1]) }
        }
        for _ in 0..<6 {
          group.addTask {
            let page = try await people[1].page(with: people[0])
            let stream = try await people[1].browser.events(after: page.html.event)
            let onPage = page.html.articles.compactMap { $0.messageText?.description }
            if onPage.last != "m39" { _ = try await stream.message("m39") }
            let streamed = texts(stream)
            #expect(Set(streamed).count == streamed.count)
            #expect(Set(onPage + streamed) == Set((0..<40).map { "m\($0)" }))
          }
        }
        try await group.waitForAll()
      }
    }
  }

  @Test func fromBeforeARestart() async throws {
    let folder = TestServer.newFolder()
    let first = People()
    try await TestServer.with(folder: folder) { server in
      let people = try await server.people("Ada", "Ben")
      try await people[0].write("yesterday", to: people[1])
      first.keep(people)
    }
    try await TestServer.with(folder: folder) { server in
      let ben = Browser(server)
      ben.cookies = first.all[1].browser.cookies
      let stream = try await ben.events(after: 0)
      _ = try await stream.message("yesterday")
      #expect(try await ben.get("/conversations/1").html.articles.count == 1)
    }
  }
}
