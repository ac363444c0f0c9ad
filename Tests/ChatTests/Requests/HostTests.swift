import Testing

@testable import Chat

/// A request over HTTP/1 says which host it is for, once (RFC 9112, 3.2).
@Suite struct HostTests {
  /// The status by version of HTTP.
  private func statuses(_ server: TestServer, _ fields: String) async throws -> [Int?] {
    var statuses: [Int?] = []
    for version in ["1.0", "1.1"] {
      let request = "GET /login HTTP/\(version)\r\n\(fields)\r\n"
      statuses.append(try await RawConnection.exchange(server, request).status)
    }
    return statuses
  }

  @Test(arguments: [
    "", "Host:\r\n", "Host: \r\n", "Host: x\r\nHost: x\r\n", "Host: x\r\nHost: y\r\n",
    "host: x\r\nHOST: x\r\n", "Host: x\r\nAccept: */*\r\nHost: \r\n",
    "Host: a b\r\n", "Host: x/login\r\n", "Host: user@x\r\n",
  ])
  func refused(fields: String) async throws {
    try await TestServer.with { server in
      let statuses = try await statuses(server, fields)
      #expect(statuses == [fields.isEmpty ? 200 : 400, 400])
    }
  }

  @Test(arguments: ["Host: x\r\n", "hOsT:x\r\n", "Host: chat.example.org:8443\r\n", "Host: [::1]:80\r\n"])
  func taken(fields: String) async throws {
    try await TestServer.with { server in
      let statuses = try await statuses(server, fields)
      #expect(statuses == [200, 200])
    }
  }

  @Test func theConnectionEndsAfterWhatCameBefore() async throws {
    try await TestServer.with { server in
      let connection = try await RawConnection(server)
      let proper = "GET /health HTTP/1.1\r\nHost: x\r\n\r\n"
      let body = "POST /login HTTP/1.1\r\nContent-Length: 4\r\n\r\na=b&"
      try await connection.send(proper + body + proper)
      try await eventually("an end") { connection.hasEnded }
      #expect(connection.text.hasPrefix("HTTP/1.1 200 "))
      let refusal = connection.text.split(separator: "HTTP/1.1 400 ", omittingEmptySubsequences: false)
      #expect(refusal.count == 2 && refusal.last?.lowercased().contains("connection: close") == true)
      #expect(connection.text.split(separator: "\"status\":\"ok\"").count == 2, "what follows is not served")
      await connection.close()
    }
  }
}
