import Testing

@testable import Chat

/// The stream itself.
@Suite struct StreamTests {
  @Test func headersAndRetry() async throws {
    try await TestServer.with { server in
      let ada = try await server.person("Ada")
      let stream = try await ada.events()
      #expect(stream.status == 200)
      #expect(stream.headers.first(name: "Content-Type")?.hasPrefix("text/event-stream") == true)
      #expect(stream.headers.first(name: "Cache-Control") == "no-store")
      #expect(stream.headers.first(name: "X-Accel-Buffering") == "no")
      #expect(stream.headers.first(name: "Content-Encoding") == nil)
      #expect(stream.headers.first(name: "Content-Length") == nil)
      _ = try await stream.first("the count") { $0.name == "count" }
      #expect((500...10_000).contains(stream.retry ?? 0))
    }
  }

  @Test func neverCompressed() async throws {
    try await TestServer.with { server in
      let ada = try await server.person("Ada")
      let connection = try await RawConnection(server)
      let cookie = ada.browser.cookies["nextalk_session"] ?? ""
      try await connection.send(
        "GET /events HTTP/1.1\r\nHost: x\r\nAccept-Encoding: gzip, br\r\nCookie: nextalk_session=\(cookie)\r\n\r\n"
      )
      try await eventually("the first event") { connection.text.contains("event: count") }
      #expect(!connection.text.lowercased().contains("content-encoding"))
      await connection.close()
      try await eventually("the server lets go of it") { await server.app.hub.streamCount == 0 }
    }
  }

  @Test func passingEventsFirstWithoutIDs() async throws {
    try await TestServer.with { server in
      let people = try await server.people("Ada", "Ben")
      let other = try await people[1].events()
      let stream = try await people[0].events()
      let presence = try await stream.first("presence") { $0.name == "presence" }
      #expect(presence.id == nil)
      #expect(presence.data.contains("data-presence='\(people[1].id)'"))
      #expect(presence.data.contains(">online<"))
      let count = try await stream.first("the count") { $0.name == "count" }
      #expect(count.id == nil)
      #expect(count.data.contains("1 online"))
      #expect(!other.hasEnded)
    }
  }

  @Test func aClientThatHangsUpIsForgotten() async throws {
    try await TestServer.with { server in
      let people = try await server.people("Ada", "Ben")
      let streams = [
        try await people[0].events(), try await people[0].events(), try await people[1].events(),
      ]
      try await eventually("three streams") { await server.app.hub.streamCount == 3 }
      streams[0].close()
      try await eventually("two streams") { await server.app.hub.streamCount == 2 }
      try await people[1].write("Hello", to: people[0])
      _ = try await streams[1].message("Hello")
      streams[1].close()
      streams[2].close()
      try await eventually("none") { await server.app.hub.streamCount == 0 }
    }
  }

  /// Who someone is the session says; nothing in the address counts.
  @Test func anyAddress() async throws {
    try await TestServer.with { server in
      let people = try await server.people("Ada", "Ben")
      try await people[0].write("Hello", to: people[1])
      let eve = try await server.person("Eve")
      for query in [
        "user=\(people[0].id)", "people=x,,9999999999999999999999,-1,0", "after=x", "after=", "after=-1",
        "people=" + (1...2_000).map(String.init).joined(separator: ","),
      ] {
        let stream = try await eve.browser.stream("/events?\(query)")
        #expect(stream.status == 200)
        _ = try await stream.first("the count") { $0.name == "count" }
        #expect(!stream.events.contains { $0.data.contains("Hello") })
      }
    }
  }
}
