import Testing

@testable import Chat

/// A stream whose client does not read is closed; nobody else waits for it.
@Suite struct SlowReaderTests {
  @Test func itIsClosedWhenItsMailboxIsFull() async throws {
    try await TestServer.with { server in
      let people = try await server.people("Ada", "Ben")
      let slow = try await RawConnection(server, reads: false)
      let cookie = people[1].browser.cookies["nextalk_session"] ?? ""
      try await slow.send("GET /events HTTP/1.1\r\nHost: x\r\nCookie: nextalk_session=\(cookie)\r\n\r\n")
      try await eventually("its stream") { await server.app.hub.streamCount == 1 }
      let quick = try await people[1].events()
      try await eventually("both streams") { await server.app.hub.streamCount == 2 }
      let text = String(repeating: "&", count: 5_000)
      var sent = 0
      while await server.app.hub.streamCount == 2, sent < 600 {
        try await people[0].write(text, to: people[1])
        sent += 1
      }
      try await eventually("the slow stream is closed") { await server.app.hub.streamCount == 1 }
      try await people[0].write("the end", to: people[1])
      _ = try await quick.message("the end")
      #expect(!quick.hasEnded)
      #expect(quick.events.flatMap(\.html.articles).count == sent + 1)
      await slow.close()
      // It comes back and catches up.
      let again = try await people[1].browser.events(after: 0)
      _ = try await again.message("the end")
      #expect(again.events.flatMap(\.html.articles).count == sent + 1)
    }
  }
}
