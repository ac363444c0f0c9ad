import Foundation
import GRDB
import Testing

@testable import Chat

/// Creating an account through the form.
@Suite struct SignUpTests {
  @Test func atTheLimits() async throws {
    try await TestServer.with { server in
      let cases = [
        (String(repeating: "李", count: 80), String(repeating: "a", count: 242) + "@example.org", 8),
        ("😀", "b@example.org", 256),
      ]
      for (name, email, length) in cases {
        let browser = Browser(server)
        let password = String(repeating: "😀", count: length - 3) + "🦊🐙🌻"
        let answer = try await browser.post(
          "/signup", ["fullName": name, "email": email, "password": password])
        #expect(answer.status == 303)
        #expect(answer.location == "/")
        let page = try await browser.get("/")
        #expect(page.status == 200)
        #expect(page.contains("data-viewer-name=\"\(name)\""))
        #expect(try await browser.get("/signup").location == "/")
        #expect(try await browser.get("/login").location == "/")
      }
    }
  }

  static let refusals: [(name: String, email: String, password: String, sentence: String)] = [
    (String(repeating: "a", count: 81), "a@example.org", "long enough", "up to 80 characters"),
    ("", "a@example.org", "long enough", "enter your name"),
    (" \u{3000}\u{200B}", "a@example.org", "long enough", "enter your name"),
    ("Ada", "", "long enough", "enter your email"),
    ("Ada", "ada at example.org", "long enough", "does not look like an email"),
    ("Ada", String(repeating: "a", count: 243) + "@example.org", "long enough", "Use a shorter one"),
    ("Ada", "a@example.org", "7 bytes", "at least 8 characters"),
    ("Ada", "a@example.org", String(repeating: "q", count: 257), "up to 256 characters"),
  ]

  /// The first field that is wrong has the focus, and no other asks for it.
  @Test func oneFocus() async throws {
    try await TestServer.with { server in
      for (name, email, first) in [
        ("", "", "fullName"), ("Ada", "", "email"), ("Ada", "a@example.org", "password"),
      ] {
        let answer = try await Browser(server).post(
          "/signup", ["fullName": name, "email": email, "password": "short"])
        #expect(answer.status == 422 && answer.html.count(of: " autofocus") == 1, "\(first)")
        let fields = answer.html.from("<input id=", through: ">").filter { $0.contains(" autofocus") }
        #expect(fields.map { $0.attribute("id") } == [first])
      }
    }
  }

  @Test func refusedAtTheField() async throws {
    try await TestServer.with { server in
      for refusal in Self.refusals {
        let browser = Browser(server)
        let answer = try await browser.post(
          "/signup", ["fullName": refusal.name, "email": refusal.email, "password": refusal.password])
        #expect(answer.status == 422)
        #expect(answer.contains(refusal.sentence), "\(refusal)")
        #expect(answer.contains("<!doctype html>"))
        #expect(answer.contains("id=\"fullName\" name=\"fullName\" type=\"text\" value=\"\(refusal.name)\""))
        #expect(answer.contains("value=\"\(refusal.email)\""))
        #expect(!answer.contains(refusal.password), "a password comes back")
        #expect(answer.html.count(of: "class=\"error\"") == 1)
        #expect(browser.cookies.isEmpty)
      }
      let count = try await server.database.read { try Int.fetchOne($0, sql: "SELECT count(*) FROM user") }
      #expect(count == 0)
    }
  }

  @Test func everyFieldSaysWhatIsWrong() async throws {
    try await TestServer.with { server in
      let answer = try await Browser(server).post("/signup", [:])
      #expect(answer.status == 422)
      #expect(answer.html.count(of: "class=\"error\"") == 3)
      #expect(answer.html.count(of: "aria-invalid=\"true\"") == 3)
    }
  }

  @Test func oneAccountForAnEmailWhateverItsCase() async throws {
    try await TestServer.with { server in
      _ = try await server.person("Ada", email: "Ada@Example.org")
      let answer = try await Browser(server).post(
        "/signup", ["fullName": "Eve", "email": " aDA@eXAMPLE.oRG", "password": "long enough"])
      #expect(answer.status == 422)
      #expect(answer.contains("There is an account with that email already"))
      #expect(answer.contains("id=\"email-error\""))
      #expect(!answer.contains("long enough"))
    }
  }

  @Test func twoAtTheSameInstant() async throws {
    try await TestServer.with { server in
      for round in 0..<3 {
        let answers = try await withThrowingTaskGroup { group in
          for email in ["same\(round)@example.org", "SAME\(round)@example.org"] {
            group.addTask {
              try await Browser(server).post(
                "/signup", ["fullName": "Ada", "email": email, "password": "long enough"])
            }
          }
          return try await group.reduce(into: [Answer]()) { $0.append($1) }
        }
        #expect(answers.map(\.status).sorted() == [303, 422])
        let refusal = try #require(answers.first { $0.status == 422 })
        #expect(refusal.contains("There is an account with that email already"))
        #expect(refusal.headers["Set-Cookie"].isEmpty)
      }
      let count = try await server.database.read { try Int.fetchOne($0, sql: "SELECT count(*) FROM user") }
      #expect(count == 3)
    }
  }

  @Test func closed() async throws {
    try await TestServer.with(.init(signup: .closed)) { server in
      let page = try await Browser(server).get("/signup")
      #expect(page.contains("This server is not taking new accounts"))
      #expect(!page.contains("<form"))
      #expect(try await !Browser(server).get("/login").contains("/signup"))
      let answer = try await Browser(server).post(
        "/signup", ["fullName": "Ada", "email": "a@example.org", "password": "long enough"])
      #expect(answer.status == 403)
      let count = try await server.database.read { try Int.fetchOne($0, sql: "SELECT count(*) FROM user") }
      #expect(count == 0)
    }
  }

  @Test func asAFragment() async throws {
    try await TestServer.with { server in
      let refused = try await Browser(server).post(
        "/signup", ["fullName": "Ada", "email": "x", "password": "long enough"], ["HX-Request": "true"])
      #expect(refused.status == 422)
      #expect(refused.text.hasPrefix("<form id=\"signup-form\""))
      let taken = try await Browser(server).post(
        "/signup?next=/people/1", ["fullName": "Ada", "email": "a@b.c", "password": "long enough"],
        ["HX-Request": "true"])
      #expect(taken.status == 200)
      #expect(taken.header("HX-Redirect") == "/people/1")
    }
  }
}
