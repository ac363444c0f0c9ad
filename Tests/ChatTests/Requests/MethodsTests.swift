import Foundation
import NIOHTTP1
import Testing

@testable import Chat

/// Wrong methods, unknown addresses, HEAD.
@Suite struct MethodsTests {
  private static let addresses: [(path: String, allowed: String)] = [
    ("/", "GET, HEAD"), ("/signup", "GET, HEAD, POST"), ("/login", "GET, HEAD, POST"), ("/logout", "POST"),
    ("/people/7", "GET, HEAD"), ("/people/7/messages", "POST"), ("/people/7/read", "POST"),
    ("/conversations/7", "GET, HEAD"), ("/conversations/7/messages", "POST"),
    ("/conversations/7/read", "POST"), ("/events", "GET, HEAD"), ("/health", "GET, HEAD"),
    ("/assets/x/app.css", "GET, HEAD"), ("/settings/deletion", "GET, HEAD, POST"),
    ("/settings/deletion/undo", "POST"), ("/settings/theme", "GET, HEAD"),
  ]

  @Test func wrongOnes() async throws {
    try await TestServer.with { server in
      let ada = try await server.person("Ada")
      for (path, allowed) in Self.addresses {
        for method in [HTTPMethod.GET, .POST, .PUT, .DELETE, .PATCH, .OPTIONS, .TRACE] {
          guard !allowed.components(separatedBy: ", ").contains(method.rawValue) else { continue }
          for browser in [ada.browser, Browser(server)] {
            let answer = try await browser.send(method, path)
            #expect(answer.status == 405, "\(method) \(path)")
            #expect(answer.header("Allow") == allowed)
          }
        }
      }
    }
  }

  @Test func unknownAddresses() async throws {
    try await TestServer.with { server in
      let ada = try await server.person("Ada")
      for path in ["/x", "/login/x", "/health/x", "/assets", "/assets/", "/..", "/%2e%2e/x"] {
        for method in [HTTPMethod.GET, .POST, .DELETE] {
          let answer = try await ada.browser.send(method, path)
          #expect([404, 405].contains(answer.status), "\(method) \(path)")
          #expect(answer.status == 404 || path.hasPrefix("/assets"))
        }
      }
      let page = try await Browser(server).get("/x")
      #expect(page.status == 404)
      #expect(page.contains("<h1>Nothing here</h1>"))
    }
  }

  @Test func headIsGetWithoutItsBody() async throws {
    try await TestServer.with { server in
      let ada = try await server.person("Ada")
      for (browser, path) in [
        (ada.browser, "/"), (ada.browser, "/x"), (Browser(server), "/"), (Browser(server), "/login"),
        (Browser(server), "/signup"), (Browser(server), "/health"),
      ] {
        let get = try await browser.get(path)
        let head = try await browser.send(.HEAD, path)
        #expect(head.status == get.status, "\(path)")
        #expect(head.bytes.isEmpty)
        #expect(head.header("Content-Length") == get.header("Content-Length"), "\(path)")
        for name in ["Content-Type", "Cache-Control", "Location", "Content-Security-Policy"] {
          #expect(head.header(name) == get.header(name), "\(name) of \(path)")
        }
      }
      let events = try await ada.browser.send(.HEAD, "/events")
      #expect(events.status == 200)
      #expect(events.bytes.isEmpty)
    }
  }

  /// One byte after the head, and the next answer on the connection is read wrongly.
  @Test func noAnswerToHeadHasABody() async throws {
    try await TestServer.with { server in
      let ada = try await server.people("Ada", "Ben")[0]
      let cookie = ada.browser.cookies["nextalk_session"] ?? ""
      for path in ["/", "/people/2", "/login", "/x", "/people/99", "/logout", "/people/2/read", "/health"] {
        for header in ["X: y", "Cookie: nextalk_session=\(cookie)", "HX-Request: true"] {
          let connection = try await RawConnection(server)
          let request = "HEAD \(path) HTTP/1.1\r\nHost: x\r\n\(header)\r\n"
          try await connection.send(request + "\r\n" + request + "Connection: close\r\n\r\n")
          try await eventually("both answers") { connection.hasEnded }
          let heads = connection.text.components(separatedBy: "\r\n\r\n")
          #expect(heads.count == 3 && heads.last == "", "\(path) \(header)")
          #expect(heads.dropLast().allSatisfy { $0.hasPrefix("HTTP/1.1 ") }, "\(path) \(header)")
        }
      }
    }
  }
}
