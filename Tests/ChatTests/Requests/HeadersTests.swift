import Crypto
import Foundation
import Testing
import Web

@testable import Chat

/// The headers that keep a page safe, and the assets.
@Suite struct HeadersTests {
  @Test func onEveryAnswer() async throws {
    try await TestServer.with { server in
      let people = try await server.people("Ada", "Ben")
      let (ada, nobody) = (people[0].browser, Browser(server))
      let answers = [
        try await ada.get("/"), try await ada.get("/people/2"), try await nobody.get("/"),
        try await nobody.get("/login"),
        try await nobody.get("/signup"), try await ada.get("/x"), try await nobody.get("/health"),
        try await nobody.get("/events"), try await ada.send(.DELETE, "/"),
        try await ada.post("/people/2/messages", ["text": ""]), try await ada.post("/login", form: "%"),
        try await ada.post("/people/2/messages", ["text": "Hi"], ["HX-Request": "true"]),
        try await ada.post("/login", [:], ["Origin": "null"]),
      ]
      for answer in answers {
        let policy = try #require(answer.header("Content-Security-Policy"))
        #expect(policy.contains("default-src 'none'"))
        #expect(policy.contains("script-src 'self';"))
        #expect(policy.contains("frame-ancestors 'none'"))
        #expect(policy.contains("base-uri 'none'") && policy.contains("form-action 'self'"))
        #expect(!policy.contains("unsafe") && !policy.contains("*") && !policy.contains("nonce"))
        #expect(answer.header("X-Content-Type-Options") == "nosniff")
        #expect(answer.header("Referrer-Policy") == "same-origin")
        #expect(answer.header("Cross-Origin-Opener-Policy") == "same-origin")
        #expect(answer.header("Cross-Origin-Resource-Policy") == "same-origin")
        #expect(answer.header("Strict-Transport-Security") == nil)
        #expect(answer.headers["Server"].isEmpty)
      }
      let stream = try await people[0].events()
      #expect(stream.headers.first(name: "X-Content-Type-Options") == "nosniff")
    }
  }

  @Test func theOneInlineStyleIsTheOneOfThePolicy() async throws {
    try await TestServer.with { server in
      let ada = try await server.person("Ada")
      let page = try await ada.browser.get("/")
      let styles = page.html.between("<style>", "</style>")
      #expect(styles.count == 1)
      let hash = Data(SHA256.hash(data: Data(try #require(styles.first).bytes))).base64EncodedString()
      #expect(page.header("Content-Security-Policy")?.contains("style-src 'self' 'sha256-\(hash)'") == true)
      #expect(styles.first?.contains("[data-author=\"\(ada.id)\"]") == true)
      #expect(page.html.count(of: " style=\"") == 0)
      let login = try await Browser(server).get("/login")
      for html in [page.html, login.html] {
        #expect(
          html.between("<script", "</script>").allSatisfy {
            $0.contains(" src=\"/assets/") || $0.contains(" type=\"text/html\"")
          })
        #expect(html.count(of: " onclick=") == 0 && html.count(of: "javascript:") == 0)
      }
    }
  }

  @Test func assetsAreKeptForGood() async throws {
    try await TestServer.with { server in
      let page = try await Browser(server).get("/login")
      let paths = page.html.between("\"/assets/", "\"").map { "/assets/\($0)" }
      #expect(
        paths.contains { $0.hasSuffix("/css/app.css") } && paths.contains { $0.hasSuffix(".js") })
      for path in Set(paths) {
        let answer = try await Browser(server).get(path)
        #expect(answer.status == 200, "\(path)")
        #expect(answer.header("Cache-Control")?.contains("immutable") == true)
        #expect(answer.header("Cache-Control")?.contains("max-age=31536000") == true)
        #expect(answer.header("X-Content-Type-Options") == "nosniff")
        #expect(answer.header("Cross-Origin-Resource-Policy") == "same-origin")
        #expect(answer.headers["Set-Cookie"].isEmpty)
        let type = try #require(answer.header("Content-Type"))
        #expect(path.hasSuffix(".css") == type.hasPrefix("text/css"))
        #expect(path.hasSuffix(".js") == type.hasPrefix("text/javascript"))
        let head = try await Browser(server).send(.HEAD, path)
        #expect(head.header("Content-Length") == String(answer.bytes.count))
      }
      for path in [
        "/assets/0000000000000000/css/app.css", "/assets/../Package.swift", "/assets/%2e%2e/Package.swift",
        (paths.first ?? "") + "/..%2f..%2f..%2fPackage.swift", (paths.first ?? "") + "x",
      ] {
        let answer = try await RawConnection.exchange(server, "GET \(path) HTTP/1.1\r\nHost: x\r\n\r\n")
        #expect(answer.status == 404, "\(path)")
      }
    }
  }

  @Test(arguments: [
    (StrictTransport.host, "max-age=31536000" as String?),
    (.subdomains, "max-age=31536000; includeSubDomains"), (.off, nil),
  ])
  func withATrustedAddressOverHTTPS(transport: StrictTransport, field: String?) async throws {
    let wishes = TestServer.Wishes(publicURL: "https://chat.example.org", strictTransport: transport)
    try await TestServer.with(wishes) { server in
      for path in ["/login", "/x", "/health"] {
        let answer = try await Browser(server).get(path)
        #expect(answer.header("Strict-Transport-Security") == field)
        #expect(answer.header("Cross-Origin-Opener-Policy") == "same-origin")
      }
    }
  }

  /// A browser takes it for safe on loopback addresses alone, and else says in its console what it ignored.
  @Test func noOpenerPolicyOverPlainHTTPElsewhere() async throws {
    try await TestServer.with { server in
      for (host, isThere) in [
        ("chat.example.org", false), ("192.168.0.2:80", false), ("localhost.example.org", false),
        ("127.0.0.1:80", true), ("LOCALHOST", true), ("chat.localhost:80", true), ("[::1]:80", true),
      ] {
        let request = "GET /health HTTP/1.1\r\nHost: \(host)\r\n\r\n"
        let answer = try await RawConnection.exchange(server, request)
        let head = answer.text.lowercased()
        #expect(head.contains("cross-origin-opener-policy: same-origin") == isThere, "\(host)")
        #expect(head.contains("cross-origin-resource-policy: same-origin"), "\(host)")
      }
    }
  }
}
