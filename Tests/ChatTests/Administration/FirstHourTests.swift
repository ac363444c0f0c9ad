import Foundation
import HTTPTypes
import Testing

@testable import Chat

/// A folder in which nobody has had an account yet, and who becomes its owner.
@Suite struct FirstHourTests {
  private static let form: KeyValuePairs = [
    "fullName": "Ada", "email": "ada@example.org", "password": Person.password,
  ]

  private func roles(_ server: TestServer) async throws -> [String] {
    try await server.database.read { try String.fetchAll($0, sql: "SELECT role FROM user ORDER BY id") }
  }

  @Test func theFirstOneAtTheMachineOwnsIt() async throws {
    try await TestServer.with(.init(awaitsOwner: true)) { server in
      let ada = Browser(server)
      let page = try await ada.get("/signup")
      #expect(page.contains("<h1>Set up your chat</h1>") && page.contains("It owns this chat"))
      let answer = try await ada.post("/signup", Self.form)
      #expect(answer.status == 303 && answer.location == "/administration/settings?first")
      #expect(try await ada.get("/").contains("href=\"/administration\""))
      let ben = try await server.signUp("Ben")
      #expect(try await roles(server) == ["owner", "member"])
      #expect(try await !ben.browser.get("/").contains("/administration"))
    }
  }

  /// Whatever the option says, and only from there.
  @Test(arguments: Admission.allCases) func whateverSignupSays(_ signup: Admission) async throws {
    try await TestServer.with(.init(signup: signup, awaitsOwner: true)) { server in
      #expect(try await Browser(server).post("/signup", Self.form).status == 303)
      #expect(try await roles(server) == ["owner"])
      let next = try await Browser(server).post(
        "/signup", ["fullName": "Ben", "email": "ben@example.org", "password": Person.password])
      #expect(next.status == (signup == .open ? 303 : 403))
    }
  }

  static let others: [KeyValuePairs<String, String>] = [
    ["Host": "chat.example.org"], ["Host": "192.0.2.7:8080"], ["Host": "localhost.example.org"],
    ["X-Forwarded-For": "203.0.113.9"], ["X-Forwarded-Host": "localhost"], ["X-Forwarded-Proto": "https"],
    ["Forwarded": "for=203.0.113.9"], ["Via": "1.1 proxy"], ["X-Real-IP": "127.0.0.1"],
  ]

  /// Each of them alone counts.
  @Test func whereSomebodyIs() {
    func isThere(_ peer: String?, _ authority: String?, _ headers: HTTPFields = [:]) -> Bool {
      FirstHour.isAtTheMachine(peer: peer, authority: authority, headers: headers)
    }
    for peer in ["127.0.0.1", "127.8.9.1", "::1"] {
      for authority in ["127.0.0.1:8080", "localhost", "localhost:8080", "[::1]:8080"] {
        #expect(isThere(peer, authority))
        #expect(isThere(peer, authority, [.origin: "http://\(authority)"]))
        #expect(!isThere(peer, authority, [.origin: "https://chat.example.org"]))
      }
    }
    for peer in [nil, "192.0.2.7", "10.0.0.1", "2001:db8::1", "unknown"] {
      #expect(!isThere(peer, "localhost:8080"))
    }
    for authority in [nil, "", "chat.lan", "192.0.2.7", "127.0.0.1.example.org", "localhost.example.org"] {
      #expect(!isThere("127.0.0.1", authority))
    }
  }

  @Test(arguments: others) func nobodyWhoComesFromElsewhere(_ headers: KeyValuePairs<String, String>)
    async throws
  {
    try await TestServer.with(.init(awaitsOwner: true)) { server in
      let page = try await Browser(server).get("/signup", headers)
      #expect(page.contains("This chat is not set up yet") && !page.contains("<form"), "\(headers)")
      let answer = try await Browser(server).post("/signup", Self.form, headers)
      #expect(answer.status == 403 && answer.contains("This chat is not set up yet"), "\(headers)")
      #expect(try await roles(server).isEmpty)
    }
  }

  @Test func nobodyWhereAProxyStandsInFront() async throws {
    try await TestServer.with(.init(publicURL: "http://chat.example.org", awaitsOwner: true)) { server in
      let page = try await Browser(server).get("/signup")
      #expect(page.contains("This chat is not set up yet"))
      #expect(try await Browser(server).post("/signup", Self.form).status == 403)
      #expect(try await roles(server).isEmpty)
    }
  }

  @Test func manyAtOnceMakeOneOwner() async throws {
    try await TestServer.with(.init(awaitsOwner: true)) { server in
      let statuses = try await withThrowingTaskGroup { group in
        for number in 0..<8 {
          group.addTask {
            try await Browser(server).post(
              "/signup",
              ["fullName": "Ada", "email": "ada\(number)@example.org", "password": Person.password]
            ).status
          }
        }
        return try await group.reduce(into: []) { $0.append($1) }
      }
      // Who came once it had an owner came in as a member; who asked before and was slower did not.
      let roles = try await roles(server)
      #expect(roles.filter { $0 == "owner" }.count == 1)
      #expect(roles.count == statuses.filter { $0 == 303 }.count)
      #expect(statuses.allSatisfy { $0 == 303 || $0 == 403 })
    }
  }

  // MARK: The link

  private func link(_ server: TestServer) async throws -> String? {
    guard case .setup(let path) = try await server.app.ownerNotice() else { return nil }
    return path
  }

  @Test func theLinkMakesOneOwner() async throws {
    try await TestServer.with(.init(publicURL: "http://chat.example.org", awaitsOwner: true)) { server in
      let path = try #require(try await link(server))
      let headers: KeyValuePairs = ["Host": "chat.example.org"]
      let page = try await Browser(server).get(path, headers)
      #expect(page.status == 200 && page.contains("action=\"\(path)\""))
      #expect(page.header("Cache-Control") == "no-store")
      let refused = try await Browser(server).post(path, ["fullName": "Ada"], headers)
      #expect(refused.status == 422, "a refused form does not use it up")
      let answers = try await withThrowingTaskGroup { group in
        for number in 0..<2 {
          group.addTask {
            try await Browser(server).post(
              path, ["fullName": "Ada", "email": "\(number)@example.org", "password": Person.password],
              headers)
          }
        }
        return try await group.reduce(into: [Answer]()) { $0.append($1) }
      }
      #expect(answers.map(\.status).sorted() == [303, 404])
      #expect(try await roles(server) == ["owner"])
      #expect(try await Browser(server).get(path, headers).status == 404)
      let later = try await link(server)
      #expect(later == nil, "there is none for a chat that has an owner")
    }
  }

  @Test func aNewStartMakesANewOne() async throws {
    try await TestServer.with(.init(awaitsOwner: true)) { server in
      let first = try #require(try await link(server))
      let second = try #require(try await link(server))
      let unknown = try await Browser(server).get("/setup/unknown")
      let old = try await Browser(server).get(first)
      #expect(old.status == 404 && unknown.status == 404)
      #expect(old.text == unknown.text, "they read the same")
      #expect(try await Browser(server).get(second).status == 200)
      let stored = try await server.database.read {
        try Data.fetchAll($0, sql: "SELECT token_hash FROM setup_link")
      }
      #expect(stored == [SessionToken(String(second.dropFirst("/setup/".count))).hash])
    }
  }

  // MARK: From the shell

  @Test func anExistingFolderHasNoOwnerUntilOneIsNamed() async throws {
    try await TestServer.with { server in
      let (ada, ben) = (try await server.person("Ada"), try await server.person("Ben"))
      guard case .nobody = try await server.app.ownerNotice() else {
        Issue.record("it says that there is no owner")
        return
      }
      #expect(try await ada.browser.get("/administration").status == 404)
      for person in [ada, ben] {
        guard case .named = try await OwnerNaming(dataFolder: server.folder).name(person.email) else {
          Issue.record("named")
          return
        }
      }
      #expect(try await roles(server) == ["administrator", "owner"])
      let notice = try await server.app.ownerNotice()
      #expect(notice == nil)
      // Sessions that were open know at once.
      for person in [ada, ben] {
        #expect(try await person.browser.get("/administration/settings").status == 200)
      }
    }
  }

  @Test func whoHasNoAccountGetsALink() async throws {
    try await TestServer.with(.init(signup: .closed)) { server in
      let ada = try await server.person("Ada")
      try await server.database.writer.write { try Ownership.give(to: ada.id, in: $0) }
      guard case .link(let path) = try await OwnerNaming(dataFolder: server.folder).name("ben@example.org")
      else {
        Issue.record("a link")
        return
      }
      let page = try await Browser(server).get(path)
      #expect(page.contains("value=\"ben@example.org\""))
      let answer = try await Browser(server).post(
        path, ["fullName": "Ben", "email": "ben@example.org", "password": Person.password])
      #expect(answer.status == 303)
      #expect(try await roles(server) == ["administrator", "owner"])
      #expect(try await Browser(server).get(path).status == 404)
      await #expect(throws: CommandFailure.self) {
        _ = try await OwnerNaming(dataFolder: server.folder).name("nobody")
      }
    }
  }
}
