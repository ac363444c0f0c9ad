import Foundation
import GRDB
import Testing

@testable import Chat

/// What goes wrong inside is one plain page; the details are in the log alone, and no secret is.
@Suite struct FailuresTests {
  @Test func anUnexpectedFailure() async throws {
    try await TestServer.with(.init(logsErrors: true)) { server in
      let people = try await server.people("Ada", "Ben")
      try await people[0].write("a secret text", to: people[1])
      try await server.database.writer.write { db in
        try db.execute(sql: "DROP TRIGGER user_name_changed")
        try db.execute(sql: "ALTER TABLE member RENAME TO member_gone")
      }
      let page = try await people[0].browser.get("/?find=a+secret+question")
      #expect(page.status == 500)
      #expect(page.contains("<h1>That did not work</h1>"))
      let id = try #require(page.html.first("<code>", "</code>")).description
      #expect(!id.isEmpty)
      for detail in ["SQL", "sqlite", "member", "GRDB", server.folder.path] {
        #expect(!page.contains(detail), "\(detail)")
      }
      #expect(page.header("Cache-Control") == "no-store")
      let line = try #require(server.log.errors.first { $0.contains(id) }, "its id is not in the log")
      #expect(line.contains("member"), "the reason is not in the log")
      let fragment = try await people[0].browser.post(
        "/people/\(people[1].id)/messages", ["text": "a secret text"], ["HX-Request": "true"])
      #expect(fragment.status == 500)
      #expect(fragment.text.hasPrefix("<p>"))
      #expect(!server.log.lines.joined().contains("secret"))
      // The statements of all tests are explained by whichever database is at hand.
      try await server.database.writer.write { db in
        try db.execute(sql: "ALTER TABLE member_gone RENAME TO member")
      }
    }
  }

  @Test func theLogHoldsNoSecrets() async throws {
    try await TestServer.with(.init(logLevel: .info)) { server in
      let ada = try await server.signUp("Secretname", email: "secretmail@example.org")
      let ben = try await server.person("Ben")
      let token = try #require(ada.browser.cookies["nextalk_session"])
      try await ada.write("secrettext", to: ben)
      _ = try await ada.browser.get("/?find=secretquery")
      _ = try await Browser(server).post(
        "/login?next=/secretnext", ["email": "secretmail@example.org", "password": "secretpassword"])
      _ = try await ada.browser.post("/people/\(ben.id)/messages", form: "text=secrettext%")
      _ = try await ada.browser.get("/secretpath?secretquery")
      let log = server.log.lines.joined(separator: "\n")
      for secret in ["secrettext", "secretquery", "secretpassword", "secretnext", token, Person.password] {
        #expect(!log.contains(secret), "\(secret)")
      }
    }
  }

  @Test func aNotFoundPageTellsNothing() async throws {
    try await TestServer.with { server in
      let page = try await Browser(server).get("/%3Cscript%3E/%22%CC%81")
      #expect(page.status == 404)
      #expect(!page.contains("script%3E") && !page.contains("<script>"))
      #expect(page.html.first("<code>", "</code>") == nil)
    }
  }
}
