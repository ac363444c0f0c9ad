import Foundation
import NIOHTTP1
import Testing
import Web

@testable import Chat

/// A thousand requests made by chance: no answer is a 500, and the server goes on.
@Suite struct RandomRequestsTests {
  @Test func rawOnes() async throws {
    let seed = UInt64.random(in: .min ... .max)
    try await TestServer.with { server in
      let people = try await server.people("Ada", "Ben", "Cem", "Dan")
      try await people[0].write("Hello", to: people[1])
      var maker = RequestMaker(
        seed: seed, cookies: people.map { $0.browser.cookies["nextalk_session"] ?? "" })
      let requests = (0..<700).map { _ in maker.raw() }
      try await all(requests) { request in
        let connection = try await RawConnection(server)
        try? await connection.send(request)
        // Nothing follows a head; a body may be shorter than it says.
        let head = request.firstRange(of: Array("\r\n\r\n".utf8))
        if head?.upperBound != request.endIndex { await connection.finish() }
        let text = String(decoding: request, as: UTF8.self)
        try await eventually("an answer or an end, seed \(seed): \(text)", within: .seconds(120)) {
          connection.hasEnded || connection.status != nil
        }
        #expect((connection.status ?? 400) < 500, "seed \(seed): \(text)")
        await connection.close()
      }
      try await expectAlive(server, seed)
    }
  }

  @Test func thoseOfAClient() async throws {
    let seed = UInt64.random(in: .min ... .max)
    try await TestServer.with { server in
      let people = try await server.people("Ada", "Ben", "Cem", "Dan")
      try await people[0].write("Hello", to: people[1])
      var maker = RequestMaker(seed: seed, cookies: [])
      let requests = (0..<300).map { _ in maker.proper() }
      try await all(Array(requests.enumerated())) { number, request in
        let browser = number % 5 == 0 ? Browser(server) : people[number % 4].browser.copy()
        do {
          let answer = try await browser.send(
            request.method, request.path, HTTPHeaders(request.headers), request.body)
          #expect(answer.status < 500, "seed \(seed): \(request)")
        } catch {
          Issue.record(error, "seed \(seed): \(request)")
        }
      }
      try await expectAlive(server, seed)
    }
  }

  private func expectAlive(_ server: TestServer, _ seed: UInt64) async throws {
    #expect(server.log.errors.isEmpty, "seed \(seed)")
    #expect(try await Browser(server).get("/health").status == 200)
    let people = try await server.people("After", "All")
    try await people[0].write("Still here", to: people[1])
    #expect(try await people[1].page(with: people[0]).html.articles.count == 1)
  }

  /// Some at a time.
  private func all<Request: Sendable>(
    _ requests: [Request], _ send: @escaping @Sendable (Request) async throws -> Void
  ) async throws {
    try await withThrowingTaskGroup(of: Void.self) { group in
      for (number, request) in requests.enumerated() {
        if number >= 12 { try await group.next() }
        group.addTask { try await send(request) }
      }
      try await group.waitForAll()
    }
  }
}
