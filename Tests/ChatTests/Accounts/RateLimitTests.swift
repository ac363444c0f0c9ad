import Foundation
import Testing

@testable import Chat

/// Limits on tries, where they are on.
@Suite struct RateLimitTests {
  private func tries(_ count: Int, at email: String, by browser: Browser) async throws -> [Int] {
    var statuses: [Int] = []
    for _ in 0..<count {
      statuses.append(try await browser.post("/login", ["email": email, "password": "wrong one"]).status)
    }
    return statuses
  }

  private func expectTooMany(_ answer: Answer) {
    #expect(answer.status == 429)
    #expect((answer.header("Retry-After").flatMap { Int($0) } ?? 0) > 0)
    #expect(answer.contains("try again") || answer.contains("Try again") || answer.contains("send it again"))
  }

  @Test func anAccountIsClosedToStrangersAndOpenToItsBrowsers() async throws {
    try await TestServer.with(.init(hasRateLimits: true)) { server in
      let ada = try await server.person("Ada")
      let known = Browser(server, from: "127.0.0.9")
      let token = SessionToken()
      try await server.database.writer.write {
        try KnownBrowser.remember(token, of: ada.id, at: 1, in: $0)
      }
      known.cookies[KnownBrowser.cookie] = token.text
      let right = ["email": ada.email, "password": Person.password] as KeyValuePairs
      // Each address has ten tries, all together a hundred and what they gain meanwhile.
      var count = 0
      for address in 10..<30 {
        let email = address % 2 == 0 ? ada.email : ada.email.uppercased()
        let statuses = try await tries(10, at: email, by: Browser(server, from: "127.0.0.\(address)"))
        count += statuses.filter { $0 == 422 }.count
        if statuses.contains(429) { break }
      }
      #expect((100..<150).contains(count))
      expectTooMany(try await Browser(server, from: "127.0.0.4").post("/login", right))
      let stranger = Browser(server, from: "127.0.0.4")
      stranger.cookies[KnownBrowser.cookie] = SessionToken().text
      expectTooMany(try await stranger.post("/login", right))
      #expect(try await tries(3, at: ada.email, by: known) == [422, 422, 422])
      #expect(try await known.post("/login", right).status == 303)
      #expect(try await ada.browser.get("/").status == 200)
    }
  }

  @Test func oneAddressAloneClosesNoAccountToOthers() async throws {
    try await TestServer.with(.init(hasRateLimits: true)) { server in
      let ada = try await server.person("Ada")
      let right = ["email": ada.email, "password": Person.password] as KeyValuePairs
      let attacker = Browser(server, from: "127.0.0.2")
      #expect(try await tries(10, at: ada.email, by: attacker) == Array(repeating: 422, count: 10))
      for _ in 0..<10 { expectTooMany(try await attacker.post("/login", right)) }
      // Her new telephone, which no account knows yet.
      #expect(try await Browser(server, from: "127.0.0.3").post("/login", right).status == 303)
    }
  }

  @Test func anAddressIsClosed() async throws {
    try await TestServer.with(.init(hasRateLimits: true)) { server in
      let people = try await server.people("Ada", "Ben", "Cem")
      for (person, count) in zip(people, [7, 7, 6]) {
        _ = try await tries(count, at: person.email, by: Browser(server, from: "127.0.0.2"))
      }
      // What it says of itself counts for nothing.
      let refused = try await Browser(server, from: "127.0.0.2").post(
        "/login", ["email": people[2].email, "password": Person.password],
        ["X-Forwarded-For": "192.0.2.1"])
      expectTooMany(refused)
      #expect(refused.contains("value=\"\(people[2].email)\""))
      let elsewhere = try await Browser(server, from: "127.0.0.3").post(
        "/login", ["email": people[2].email, "password": Person.password])
      #expect(elsewhere.status == 303)
    }
  }

  @Test func behindAProxyTheForwardedAddressCounts() async throws {
    try await TestServer.with(.init(trustedProxies: ["127.0.0.1"], hasRateLimits: true)) { server in
      let people = try await server.people("Ada", "Ben", "Cem")
      func attempt(_ number: Int, from address: String) async throws -> Int {
        try await Browser(server).post(
          "/login", ["email": people[number % 3].email, "password": "wrong one"],
          ["X-Forwarded-For": "198.51.100.9, \(address)"]
        ).status
      }
      // One household has a /64 for itself.
      for number in 0..<20 { #expect(try await attempt(number, from: "2001:db8::\(number)") == 422) }
      #expect(try await attempt(0, from: "2001:db8::ffff") == 429)
      #expect(try await attempt(0, from: "2001:db8:0:1::1") == 422)
    }
  }

  @Test func signUps() async throws {
    try await TestServer.with(.init(hasRateLimits: true)) { server in
      _ = try await server.person("Ada", email: "ada@example.org")
      func attempt(_ address: String) async throws -> Answer {
        try await Browser(server, from: address).post(
          "/signup", ["fullName": "Eve", "email": "ada@example.org", "password": "long enough"])
      }
      let answers = try await withThrowingTaskGroup { group in
        for _ in 0..<21 { group.addTask { try await attempt("127.0.0.2") } }
        return try await group.reduce(into: [Answer]()) { $0.append($1) }
      }
      #expect(answers.filter { $0.status == 422 }.count == 20)
      expectTooMany(try #require(answers.first { $0.status != 422 }))
      #expect(try await attempt("127.0.0.3").status == 422)
    }
  }

  @Test func sending() async throws {
    try await TestServer.with(.init(hasRateLimits: true)) { server in
      let people = try await server.people("Ada", "Ben")
      var refused: Answer?
      for number in 0..<90 where refused == nil {
        let answer = try await people[0].browser.post(
          "/people/\(people[1].id)/messages", ["text": "number \(number)"])
        if answer.status != 303 { refused = answer }
        if number < 60 { #expect(answer.status == 303) }
      }
      let answer = try #require(refused)
      expectTooMany(answer)
      #expect(answer.contains("number "))
      try await people[1].write("not me", to: people[0])
    }
  }
}
