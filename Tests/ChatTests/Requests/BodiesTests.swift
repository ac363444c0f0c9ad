import Testing

@testable import Chat

/// Bodies that are refused.
@Suite struct BodiesTests {
  private static let forms = ["/login", "/signup", "/people/2/messages", "/people/2/read"]

  @Test func malformed() async throws {
    try await TestServer.with { server in
      let ada = try await server.people("Ada", "Ben")[0]
      let tooMany = Array(repeating: "a", count: 2_101).joined(separator: "&")
      for path in Self.forms {
        for form in ["text=%", "text=%4", "text=%zz", "%=1", "a=1&b=%g0"] {
          #expect(try await ada.browser.post(path, form: form).status == 400, "\(path) \(form.prefix(9))")
        }
        // Some forms are too large before they have so many fields.
        let answer = try await ada.browser.post(path, form: tooMany)
        #expect(answer.status == 400 || answer.status == 413, "\(path)")
      }
      // What is odd and still a form.
      for form in ["", "&&&", "=", "=x", "text", "text=a=b=c", "a=1&a=2"] {
        let answer = try await ada.browser.post("/login", form: form)
        #expect(answer.status == 422, "\(form)")
      }
    }
  }

  @Test func tooLarge() async throws {
    try await TestServer.with { server in
      let ada = try await server.people("Ada", "Ben")[0]
      for path in Self.forms {
        let form = "text=" + String(repeating: "a", count: 200_000)
        let answer = try await ada.browser.post(path, form: form)
        #expect(answer.status == 413, "\(path)")
        #expect(answer.contains("too large for the server"))
      }
    }
  }

  @Test func tooLargeWithoutALength() async throws {
    try await TestServer.with { server in
      let connection = try await RawConnection(server)
      try await connection.send(
        "POST /login HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n"
          + "Content-Type: application/x-www-form-urlencoded\r\n\r\n")
      let chunk = "1000\r\n" + String(repeating: "a", count: 4_096) + "\r\n"
      for _ in 0..<20 { try? await connection.send(chunk) }
      try await eventually("an answer") { connection.status != nil }
      #expect(connection.status == 413)
      await connection.close()
    }
  }

  @Test func announcedAsTooLarge() async throws {
    try await TestServer.with { server in
      let connection = try await RawConnection(server)
      try await connection.send("POST /login HTTP/1.1\r\nHost: x\r\nContent-Length: 999999999\r\n\r\n")
      try await eventually("an answer before the body") { connection.status != nil }
      #expect(connection.status == 413)
      await connection.close()
    }
  }

  @Test func otherTypes() async throws {
    try await TestServer.with { server in
      let ada = try await server.people("Ada", "Ben")[0]
      for type in ["application/json", "text/plain", "application/xml", "x", "image/png"] {
        for path in Self.forms {
          let headers = ["Content-Type": type] as KeyValuePairs
          let answer = try await ada.browser.send(.POST, path, headers, Array("{}".utf8))
          #expect(answer.status == 415, "\(type) \(path)")
        }
      }
      for type in [
        "application/x-www-form-urlencoded;charset=utf-8", "APPLICATION/X-WWW-FORM-URLENCODED",
        "application/x-www-form-urlencoded ; charset=UTF-8",
      ] {
        let headers = ["Content-Type": type] as KeyValuePairs
        let answer = try await ada.browser.send(
          .POST, "/people/2/messages", headers, Array("text=Hello".utf8))
        #expect(answer.status == 303, "\(type)")
      }
    }
  }

  private static let broken = [
    "GET / HTTP/1.1\r\n\r\n\r\n", "GET  /  HTTP/1.1\r\n\r\n", "GET / HTTP/9.9\r\nHost: x\r\n\r\n",
    "\r\n\r\n\r\n\r\nx\r\n\r\n", "POST /login HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n",
    "POST /login HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
    "POST /login HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nabc\r\n",
    "GET / HTTP/1.1\r\nHost: x\r\nBad Header: y\r\n\r\n", "GET / HTTP/1.1\r\nHost: x\r\n: y\r\n\r\n",
    "BREW / HTTP/1.1\r\nHost: x\r\n\r\n", "\u{16}\u{3}\u{1}\u{2}\u{0}\u{1}\u{0}\u{1}\r\n\r\n",
  ]

  @Test func brokenRequests() async throws {
    try await TestServer.with { server in
      for request in Self.broken {
        let connection = try await RawConnection.exchange(server, request)
        #expect((connection.status ?? 400) < 500, "\(connection.text.prefix(200))")
      }
      for count in [20_000, 100_000] {
        let long = String(repeating: "a", count: count)
        for request in [
          "GET / HTTP/1.1\r\nHost: x\r\nX-Long: \(long)\r\n\r\n", "GET /\(long) HTTP/1.1\r\nHost: x\r\n\r\n",
          "GET / HTTP/1.1\r\nHost: x\r\n" + String(repeating: "X-A: b\r\n", count: count / 100) + "\r\n",
        ] {
          let connection = try await RawConnection.exchange(server, request)
          #expect([nil, 303, 400, 404, 414, 431].contains(connection.status))
        }
      }
      #expect(try await Browser(server).get("/health").status == 200)
    }
  }

  /// Some clients offer HTTP/2 this way and then go on in HTTP/1.1 on the same connection.
  @Test func anOfferToUpgradeIsPassedOver() async throws {
    try await TestServer.with { server in
      let connection = try await RawConnection(server)
      try await connection.send(
        "GET /health HTTP/1.1\r\nHost: x\r\nConnection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\n"
          + "HTTP2-Settings: AAMAAABkAAQAAP__\r\n\r\n")
      try await eventually("the first answer") { connection.text.contains("\"status\":\"ok\"") }
      guard !connection.text.lowercased().contains("connection: close") else {
        return await connection.close()
      }
      try? await connection.send("GET /login HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
      try await eventually("the second answer") {
        connection.text.contains("Log in")
      }
      await connection.close()
    }
  }
}
