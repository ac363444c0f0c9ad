import Testing

@testable import Chat

/// What another site makes a browser send is refused.
@Suite struct SameOriginTests {
  /// A form that passes is refused only for what it holds.
  private func expect(
    _ status: Int, _ server: TestServer, _ headers: KeyValuePairs<String, String>,
    sourceLocation: SourceLocation = #_sourceLocation
  ) async throws {
    let answer = try await Browser(server).post("/login", ["email": "", "password": ""], headers)
    #expect(answer.status == status, "\(headers)", sourceLocation: sourceLocation)
    #expect(answer.contains("another site") == (status == 403), sourceLocation: sourceLocation)
  }

  @Test func fetchSiteDecides() async throws {
    try await TestServer.with { server in
      let own = "http://127.0.0.1:\(server.port)"
      for (site, expected) in [
        ("same-origin", 422), ("none", 422), ("same-site", 403), ("cross-site", 403), ("", 403), ("x", 403),
      ] {
        try await expect(expected, server, ["Sec-Fetch-Site": site])
        try await expect(expected, server, ["Sec-Fetch-Site": site, "Origin": own])
      }
      try await expect(422, server, ["Sec-Fetch-Site": "same-origin", "Origin": "https://evil.example"])
    }
  }

  @Test func elseOrigin() async throws {
    try await TestServer.with { server in
      let own = "http://127.0.0.1:\(server.port)"
      for (origin, expected) in [
        (own, 422), (own.uppercased(), 422), ("null", 403), ("", 403), ("https://evil.example", 403),
        ("http://127.0.0.1", 403), ("http://127.0.0.1:\(server.port).evil.example", 403),
        ("http://evil.example/127.0.0.1:\(server.port)", 403), ("http://127.0.0.1:\(server.port + 1)", 403),
        ("http://x@127.0.0.1:\(server.port)", 403), ("127.0.0.1:\(server.port)", 403),
      ] {
        try await expect(expected, server, ["Origin": origin])
      }
      try await expect(403, server, ["Origin": "https://evil.example", "Referer": own + "/login"])
    }
  }

  @Test func elseReferer() async throws {
    try await TestServer.with { server in
      let own = "http://127.0.0.1:\(server.port)"
      for (referer, expected) in [
        (own + "/login?next=/x", 422), (own, 422), (own + "?x", 422), ("https://evil.example/", 403),
        ("https://evil.example/?" + own, 403), ("about:blank", 403),
      ] {
        try await expect(expected, server, ["Referer": referer])
      }
    }
  }

  @Test func noneOfThemPasses() async throws {
    try await TestServer.with { server in try await expect(422, server, [:]) }
  }

  @Test func behindAProxyThePublicAddressCounts() async throws {
    try await TestServer.with(.init(publicURL: "https://chat.example.org")) { server in
      try await expect(422, server, ["Origin": "https://chat.example.org"])
      try await expect(403, server, ["Origin": "http://chat.example.org"])
      try await expect(403, server, ["Origin": "http://127.0.0.1:\(server.port)"])
      try await expect(422, server, ["Referer": "https://chat.example.org/login"])
    }
  }

  /// What a proxy or an owner writes out, browsers leave away.
  @Test(arguments: [
    ("http://chat.lan:80", "http://chat.lan"), ("https://chat.lan:443", "https://chat.lan"),
    ("HTTPS://Chat.LAN", "https://chat.lan"), ("https://bücher.example", "https://xn--bcher-kva.example"),
    ("http://chat.lan", "http://chat.lan:80"), ("https://chat.lan:8443", "https://chat.lan:8443"),
  ])
  func anOriginWrittenOtherwise(publicURL: String, origin: String) async throws {
    try await TestServer.with(.init(publicURL: publicURL)) { server in
      try await expect(422, server, ["Origin": origin])
      try await expect(422, server, ["Referer": origin + "/login"])
      try await expect(403, server, ["Origin": origin + "1"])
      try await expect(403, server, ["Origin": "https://evil.example"])
    }
  }

  @Test(arguments: [
    ("chat.lan:80", "http://chat.lan", 422), ("chat.lan:443", "https://chat.lan", 422),
    ("Chat.lan", "http://chat.lan:80", 422), ("chat.lan:443", "http://chat.lan", 403),
    ("chat.lan:8080", "http://chat.lan", 403), ("chat.lan", "http://chat.lan:8080", 403),
    ("[::1]:80", "http://[::1]", 422), ("xn--bcher-kva.example", "https://bücher.example", 422),
  ])
  func aHostWrittenOtherwise(host: String, origin: String, status: Int) async throws {
    try await TestServer.with { server in
      try await expect(status, server, ["Host": host, "Origin": origin])
    }
  }

  @Test func everyFormIsGuardedAndNoPage() async throws {
    try await TestServer.with { server in
      let people = try await server.people("Ada", "Ben")
      let evil = ["Sec-Fetch-Site": "cross-site", "Origin": "https://evil.example"] as KeyValuePairs
      for path in [
        "/signup", "/login", "/logout", "/people/2/messages", "/people/2/read", "/conversations/1/messages",
        "/conversations/1/read",
      ] {
        let answer = try await people[0].browser.post(path, ["text": "Hello", "message": "1"], evil)
        #expect(answer.status == 403, "\(path)")
      }
      #expect(try await people[0].browser.get("/", evil).status == 200)
      #expect(try await people[0].browser.get("/").html.rows.first?.preview == HTML("No messages yet"))
    }
  }
}
