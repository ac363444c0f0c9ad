import Foundation
import GRDB
import Testing

@testable import Chat

/// What the chat is called, who may come in, and its address.
@Suite struct AdministrationSettingsTests {
  private static let path = AdministrationSettings.path

  private func owner(_ server: TestServer) async throws -> Person {
    let ada = try await server.person("Ada")
    try await server.database.writer.write { try Ownership.give(to: ada.id, in: $0) }
    return ada
  }

  @Test func theNameTakesThePlaceOfNextalk() async throws {
    try await TestServer.with { server in
      let ada = try await owner(server)
      let before = try await ada.browser.get("/")
      #expect(before.contains("<title>Chats · Nextalk</title>"))
      let answer = try await ada.browser.post(
        Self.path, ["name": " Fernhill <b>\"Walkers\" ", "admission": "open", "address": ""])
      #expect(answer.status == 303 && answer.location == Self.path + "?saved")
      #expect(try await ada.browser.get(Self.path + "?saved").contains("<p class=\"notice\">Saved.</p>"))
      let page = try await ada.browser.get("/", ["If-None-Match": before.header("ETag") ?? ""])
      #expect(page.status == 200, "a kept page is another one")
      #expect(page.contains("<title>Chats · Fernhill &lt;b&gt;&quot;Walkers&quot;</title>"))
      #expect(page.contains("<span dir=\"auto\">Fernhill &lt;b&gt;"))
      #expect(try await Browser(server).get("/login").contains("· Fernhill &lt;b&gt;"))
      _ = try await ada.browser.post(Self.path, ["name": "", "admission": "open", "address": ""])
      #expect(try await ada.browser.get("/").contains("<title>Chats · Nextalk</title>"))
    }
  }

  @Test func whoMayComeInCountsAtOnce() async throws {
    try await TestServer.with { server in
      let ada = try await owner(server)
      _ = try await ada.browser.post(Self.path, ["name": "", "admission": "closed", "address": ""])
      let page = try await Browser(server).get("/signup")
      #expect(page.contains("not taking new accounts") && !page.contains("<form"))
      #expect(try await !Browser(server).get("/login").contains("/signup"))
      let answer = try await Browser(server).post(
        "/signup", ["fullName": "Eve", "email": "eve@example.org", "password": Person.password])
      #expect(answer.status == 403)
      _ = try await ada.browser.post(Self.path, ["name": "", "admission": "open", "address": ""])
      _ = try await server.signUp("Ben")
    }
  }

  /// The option of the server wins, and the page says so.
  @Test func whatTheServerWasStartedWithWins() async throws {
    try await TestServer.with(.init(signup: .closed)) { server in
      let ada = try await owner(server)
      let page = try await ada.browser.get(Self.path)
      #expect(page.contains("by --signup: <strong>Nobody</strong>") && !page.contains("name=\"admission\""))
      #expect(try await ada.browser.post(Self.path, ["name": "Club", "admission": "open"]).status == 303)
      #expect(try await Browser(server).get("/signup").contains("not taking new accounts"))
      let stored = try await server.database.read { try Site.load(in: $0) }
      #expect(stored == Site(name: "Club"), "and what the owner has chosen stays as it was")
    }
  }

  /// A sign-up is decided when it is written, not when its page was made.
  @Test func aSignUpUnderWayIsRefusedOnceThatIsClosed() async throws {
    try await TestServer.with { server in
      let ada = try await owner(server)
      // Closed by another program, of which the pages do not know: only the write sees it.
      try await server.database.writer.write { try $0.execute(sql: "UPDATE site SET admission = 'closed'") }
      let answer = try await Browser(server).post(
        "/signup", ["fullName": "Eve", "email": "eve@example.org", "password": Person.password])
      #expect(answer.status == 403)
      let count = try await server.database.read { try Int.fetchOne($0, sql: "SELECT count(*) FROM user") }
      #expect(count == 1 && ada.id > 0)
    }
  }

  @Test func badInputIsRefusedAtItsField() async throws {
    try await TestServer.with { server in
      let ada = try await owner(server)
      let long = String(repeating: "a", count: 81)
      let cases: [(KeyValuePairs<String, String>, String)] = [
        (["name": long, "admission": "open"], "That name is too long"),
        (["name": "Club", "admission": "some"], "Choose who may come in"),
        (["name": "Club", "admission": "invited"], "Choose who may come in"),
        (["name": "Club"], "Choose who may come in"),
        (["name": "Club", "admission": "open", "address": "chat.example.org"], "Write an address like"),
        (["name": "Club", "admission": "open", "address": "https://a/b"], "Write an address like"),
        (["name": "Club", "admission": "open", "address": "javascript://a"], "Write an address like"),
        (["name": "Club", "admission": "open", "address": "https://a?<b>"], "Write an address like"),
        (
          ["name": "Club", "admission": "open", "address": "https://me:you@a.example"],
          "Write an address like"
        ),
      ]
      for (form, sentence) in cases {
        for headers: KeyValuePairs<String, String> in [[:], ["HX-Request": "true"]] {
          let answer = try await ada.browser.post(Self.path, form, headers)
          #expect(answer.status == 422 && answer.contains(sentence), "\(form)")
          #expect(answer.html.count(of: "class=\"error\"") == 1, "\(form)")
        }
      }
      let stored = try await server.database.read { try Site.load(in: $0) }
      #expect(stored == Site())
      let saved = try await ada.browser.post(
        Self.path, ["name": "", "admission": "open", "address": " https://chat.example.org:8443/ "])
      #expect(saved.status == 303)
      #expect(
        try await ada.browser.get("/").contains("https://chat.example.org:8443"), "where to invite others to")
      _ = try await ada.browser.post(
        Self.path, ["name": "", "admission": "open", "address": "http://127.0.0.1:8080"])
      let home = try await ada.browser.get("/")
      #expect(home.contains("Only this computer can reach this chat so far"), "nobody else finds it there")
    }
  }

  /// Others get what they get for any address that does not exist.
  @Test func othersFindNothing() async throws {
    try await TestServer.with { server in
      _ = try await owner(server)
      let ben = try await server.person("Ben")
      let nothing = try await ben.browser.get("/nothing").status
      for line in Features.lines where line.audience == .administrators {
        let method = line.method == .get ? "GET" : "POST"
        let answer =
          method == "GET"
          ? try await ben.browser.get(line.path)
          : try await ben.browser.post(line.path, ["name": "Mine", "admission": "open"])
        #expect(answer.status == nothing && answer.status == 404, "\(method) \(line.path)")
      }
      let stored = try await server.database.read { try Site.load(in: $0) }
      #expect(stored == Site())
    }
  }

  /// Who was an administrator a moment ago changes nothing any more, also with a form that is on its way.
  @Test func theActItselfLooksAtTheRole() async throws {
    try await TestServer.with { server in
      let ada = try await owner(server)
      try await server.database.writer.write { try $0.execute(sql: "UPDATE user SET role = 'member'") }
      await #expect(throws: ChatError.self) {
        try await server.database.writer.write { try Site(name: "Mine").save(by: ada.id, in: $0) }
      }
      #expect(try await ada.browser.post(Self.path, ["name": "Mine", "admission": "open"]).status == 404)
    }
  }
}
