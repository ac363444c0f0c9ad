import Testing

@testable import Chat

/// Stopping with streams open and work under way.
@Suite struct ShutdownTests {
  @Test func streamsEndWithinTenSeconds() async throws {
    try await TestServer.with { server in
      let people = try await server.people("Ada", "Ben")
      var streams: [EventStream] = []
      for _ in 0..<5 {
        streams.append(try await people[0].events())
        streams.append(try await people[1].events())
      }
      try await eventually("ten streams") { await server.app.hub.streamCount == 10 }
      let idle = try await RawConnection(server)
      let time = try await ContinuousClock().measure { try await server.stop() }
      #expect(time < .seconds(10), "it took \(time)")
      for stream in streams { try await stream.ended() }
      await idle.close()
      await #expect(throws: (any Error).self) { try await Browser(server).get("/health") }
    }
  }

  @Test func whatIsInFlightFinishes() async throws {
    try await TestServer.with { server in
      let people = try await server.people("Ada", "Ben")
      let connection = try await RawConnection(server)
      let form = "fullName=Cem&email=cem%40example.org&password=long+enough"
      try await connection.send(
        "POST /signup HTTP/1.1\r\nHost: x\r\nContent-Length: \(form.utf8.count)\r\n\r\n\(form)")
      // By the time that this is answered the other is being worked on: hashing takes longer.
      try await people[0].write("Hello", to: people[1])
      try await server.stop()
      try await eventually("its answer") { connection.status != nil }
      #expect(connection.status == 303)
      await connection.close()
    }
  }

  @Test func itIsAllThereTomorrow() async throws {
    let folder = TestServer.newFolder()
    let kept = People()
    try await TestServer.with(folder: folder) { server in
      let people = try await server.people("Ada", "Ben")
      let stream = try await people[0].events()
      for number in 0..<20 { try await people[0].write("m\(number)", to: people[1]) }
      kept.keep(people)
      _ = try await stream.message("m19")
    }
    try await TestServer.with(folder: folder) { server in
      let ben = Browser(server)
      ben.cookies = kept.all[1].browser.cookies
      let home = try await ben.get("/")
      #expect(home.html.rows.first?.unread == "20")
      // Who was online when it stopped has some time to come back.
      #expect(home.html.rows.first?.presence == "online")
      #expect(try await ben.get("/conversations/1").html.articles.count == 20)
    }
  }
}
