import Testing

/// Clients that speak HTTP/1.0, as text browsers do.
@Suite struct OldClientsTests {
  @Test func theAnswerEndsTheConnection() async throws {
    try await TestServer.with { server in
      let connection = try await RawConnection(server)
      try await connection.send("GET /login HTTP/1.0\r\nHost: x\r\n\r\n")
      try await eventually("an end") { connection.hasEnded }
      #expect(connection.status == 200 && connection.text.contains("</html>"))
      await connection.close()
    }
  }

  @Test func aLaterClientKeepsItsConnection() async throws {
    try await TestServer.with { server in
      let connection = try await RawConnection(server)
      try await connection.send("GET /login HTTP/1.1\r\nHost: x\r\n\r\n")
      try await eventually("a page") { connection.text.contains("</html>") }
      try await connection.send("GET /health HTTP/1.1\r\nHost: x\r\n\r\n")
      try await eventually("a second answer") { connection.text.contains("\"status\":\"ok\"") }
      #expect(!connection.hasEnded)
      await connection.close()
    }
  }
}
