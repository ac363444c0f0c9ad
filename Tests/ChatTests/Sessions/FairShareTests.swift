import Foundation
import Testing
import Web

@testable import Chat

/// Nobody takes all of the server: neither a person nor a network.
@Suite struct FairShareTests {
  /// A request whose answer nobody reads.
  private func unread(_ path: String, of person: Person) async throws -> RawConnection {
    let connection = try await RawConnection(person.server, reads: false)
    let cookies = person.browser.cookies.map { "\($0)=\($1)" }.joined(separator: "; ")
    try await connection.send("GET \(path) HTTP/1.1\r\nHost: localhost\r\nCookie: \(cookies)\r\n\r\n")
    return connection
  }

  @Test func aSessionHasSoManyRequestsAtOnce() async throws {
    try await TestServer.with(.init(hasRateLimits: true)) { server in
      let (ada, ben) = (try await server.person("Ada"), try await server.person("Ben"))
      _ = try await ada.send([("a.png", TinyImage.png(filling: 8 << 20))], to: ben)
      let name = try #require(try await ben.page(with: ada).uploads.first)
      var connections: [RawConnection] = []
      for _ in 0..<FairShare.maximumPerSession {
        connections.append(try await unread("/uploads/\(name)", of: ada))
      }
      for connection in connections { connection.readSome() }
      try await eventually("all are under way") { connections.allSatisfy { $0.status == 200 } }
      let waiting = try await RawConnection(server)
      let cookies = ada.browser.cookies.map { "\($0)=\($1)" }.joined(separator: "; ")
      try await waiting.send("GET / HTTP/1.1\r\nHost: localhost\r\nCookie: \(cookies)\r\n\r\n")
      #expect(try await ben.browser.get("/").status == 200, "others are served")
      let phone = Browser(server)
      _ = try await phone.post("/login", ["email": ada.email, "password": Person.password])
      #expect(try await phone.get("/").status == 200, "another session of hers is served")
      #expect(waiting.status == nil, "she is served though all her places are taken")
      await connections[0].close()
      try await eventually("one that ended makes room") { waiting.status == 200 }
      for connection in connections + [waiting] { await connection.close() }
    }
  }

  /// What waited while its session ended does nothing any more.
  @Test func whatWaitsEndsWithItsSession() async throws {
    try await TestServer.with(.init(hasRateLimits: true)) { server in
      let (ada, ben) = (try await server.person("Ada"), try await server.person("Ben"))
      _ = try await ada.send([("a.png", TinyImage.png(filling: 8 << 20))], to: ben)
      let page = try await ben.page(with: ada)
      let name = try #require(page.uploads.first)
      var connections: [RawConnection] = []
      for _ in 0..<FairShare.maximumPerSession {
        connections.append(try await unread("/uploads/\(name)", of: ada))
      }
      for connection in connections { connection.readSome() }
      try await eventually("all are under way") { connections.allSatisfy { $0.status == 200 } }
      let cookies = ada.browser.cookies.map { "\($0)=\($1)" }.joined(separator: "; ")
      var waiting: [RawConnection] = []
      for path in ["/", "/conversations/1", "/uploads/\(name)"] {
        let connection = try await RawConnection(server)
        try await connection.send("GET \(path) HTTP/1.1\r\nHost: localhost\r\nCookie: \(cookies)\r\n\r\n")
        waiting.append(connection)
      }
      // The ways to shut others out wait for nothing.
      let settings = try await ada.browser.post(
        "/settings/password", ["password": Person.password, "newPassword": "short"])
      #expect(settings.status == 422)
      #expect(waiting.allSatisfy { $0.status == nil })
      let now = Date.now.milliseconds
      try await server.database.writer.write { try Session.endAll(of: ada.id, at: now, in: $0) }
      try await eventually("they are answered or cut off") {
        waiting.allSatisfy { $0.status != nil || $0.hasEnded }
      }
      #expect(waiting.allSatisfy { $0.status != 200 })
      for connection in connections + waiting { await connection.close() }
    }
  }

  /// Past its share a network loses the connections that came first, but for those of who is logged in.
  @Test func aNetworkHasAShareOfTheConnections() async throws {
    try await TestServer.with(.init(hasRateLimits: true, maximumConnections: 40)) { server in
      let ada = try await server.person("Ada")
      let own = try await RawConnection(server)
      let cookies = ada.browser.cookies.map { "\($0)=\($1)" }.joined(separator: "; ")
      let request = "GET /profile HTTP/1.1\r\nHost: localhost\r\nCookie: \(cookies)\r\n\r\n"
      try await own.send(request)
      try await eventually("she is known") { own.status == 200 }
      var strangers: [RawConnection] = []
      for _ in 0..<60 { strangers.append(try await RawConnection(server)) }
      try await eventually("the first ones are closed") { strangers.count { $0.hasEnded } >= 41 }
      #expect(strangers.suffix(15).allSatisfy { !$0.hasEnded })
      #expect(!own.hasEnded)
      let elsewhere = try await Browser(server, from: "127.0.0.2").get("/login")
      #expect(elsewhere.status == 200)
      let length = own.bytes.count
      try await own.send(request)
      try await eventually("she is still served") { own.bytes.count > length }
      for connection in strangers + [own] { await connection.close() }
    }
  }
}
