import Foundation
import GRDB
import Testing

@testable import Chat

/// The same `clientId` twice is the same message.
@Suite struct RetryTests {
  private func post(_ from: Person, _ to: Person, _ text: String, _ clientID: String) async throws -> Answer {
    try await from.browser.post(
      "/people/\(to.id)/messages", ["text": text, "clientId": clientID], ["HX-Request": "true"])
  }

  private func count(_ server: TestServer) async throws -> Int? {
    try await server.database.read { try Int.fetchOne($0, sql: "SELECT count(*) FROM message") }
  }

  @Test func oneAfterTheOther() async throws {
    try await TestServer.with { server in
      let people = try await server.people("Ada", "Ben")
      let clientID = UUID().uuidString
      let first = try await post(people[0], people[1], "Hello", clientID)
      let again = try await post(people[0], people[1], "Hello", clientID.lowercased())
      #expect(first.status == 200)
      #expect(again.status == 200)
      #expect(again.html.articles == first.html.articles)
      #expect(try await count(server) == 1)
      let later = try await post(people[0], people[1], "something else", clientID)
      #expect(later.html.articles == first.html.articles)
    }
  }

  @Test func atTheSameInstant() async throws {
    try await TestServer.with { server in
      let people = try await server.people("Ada", "Ben")
      let stream = try await people[1].events()
      for round in 0..<5 {
        let clientID = UUID().uuidString
        let answers = try await withThrowingTaskGroup { group in
          for _ in 0..<6 {
            group.addTask { try await post(people[0], people[1], "round \(round)", clientID) }
          }
          return try await group.reduce(into: [Answer]()) { $0.append($1) }
        }
        #expect(answers.allSatisfy { $0.status == 200 })
        #expect(Set(answers.compactMap { $0.html.articles.first?.messageID }).count == 1)
        #expect(try await count(server) == round + 1)
      }
      try await people[0].write("the end", to: people[1])
      _ = try await stream.message("the end")
      #expect(stream.events.flatMap(\.html.articles).count == 6)
    }
  }

  @Test func withoutOneEachIsNew() async throws {
    try await TestServer.with { server in
      let people = try await server.people("Ada", "Ben")
      for _ in 0..<2 { try await people[0].write("Hello", to: people[1]) }
      #expect(try await count(server) == 2)
    }
  }

  @Test func theSameOfTwoPeopleIsTwo() async throws {
    try await TestServer.with { server in
      let people = try await server.people("Ada", "Ben")
      let clientID = UUID().uuidString
      try await people[0].write("from Ada", to: people[1], clientID: clientID)
      try await people[1].write("from Ben", to: people[0], clientID: clientID)
      #expect(try await count(server) == 2)
    }
  }

  /// Somebody's own id of a message elsewhere must not bring that one here.
  @Test func inAnotherConversation() async throws {
    try await TestServer.with { server in
      let people = try await server.people("Ada", "Ben", "Cem")
      let clientID = UUID().uuidString
      try await people[0].write("for Ben", to: people[1], clientID: clientID)
      _ = try await post(people[0], people[2], "for Cem", clientID)
      #expect(try await !people[2].browser.get("/").contains("for Ben"))
      #expect(try await people[1].page(with: people[0]).html.articles.count == 1)
    }
  }

  @Test func noUUID() async throws {
    try await TestServer.with { server in
      let people = try await server.people("Ada", "Ben")
      for clientID in ["x", "1", "00000000-0000-0000-0000-00000000000g", "😀", " ", "\0"] {
        let answer = try await post(people[0], people[1], "Hello", clientID)
        #expect(answer.status == 400, "\(clientID)")
      }
      #expect(try await count(server) == 0)
    }
  }
}
