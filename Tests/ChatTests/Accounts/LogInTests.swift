import Foundation
import GRDB
import Testing

@testable import Chat

/// Logging in.
@Suite struct LogInTests {
  @Test func withTheEmailInAnyCase() async throws {
    try await TestServer.with { server in
      let ada = try await server.person("Ada", email: "Ada@example.org")
      let browser = Browser(server)
      let answer = try await browser.post(
        "/login", ["email": " ADA@EXAMPLE.ORG ", "password": Person.password])
      #expect(answer.status == 303)
      #expect(answer.location == "/")
      #expect(try await browser.get("/").contains("data-viewer=\"\(ada.id)\""))
    }
  }

  @Test func unknownAndWrongGetTheSameSentence() async throws {
    try await TestServer.with { server in
      _ = try await server.person("Ada", email: "ada@example.org", hash: PasswordHash(hashing: "right one"))
      func answer(_ email: String) async throws -> Answer {
        try await Browser(server).post("/login", ["email": email, "password": "wrong one"])
      }
      let wrong = try await answer("ada@example.org")
      let unknown = try await answer("eve@example.org")
      #expect(wrong.status == 422)
      #expect(unknown.status == 422)
      #expect(wrong.contains("That email and password don’t go together."))
      #expect(wrong.contains("value=\"ada@example.org\""))
      #expect(!wrong.contains("wrong one"))
      #expect(wrong.text.replacing("ada@example.org", with: "eve@example.org") == unknown.text)
      #expect(wrong.headers["Set-Cookie"].isEmpty)
    }
  }

  /// What else the machine does adds to some tries, so that the quickest of each count, of as many as it takes.
  @Test func unknownCostsTheTimeOfWrong() async throws {
    try await TestServer.with(.init(passwordCost: PasswordHash.current)) { server in
      _ = try await server.person("Ada", email: "ada@example.org", hash: PasswordHash(hashing: "right one"))
      func time(_ email: String) async throws -> Duration {
        try await ContinuousClock().measure {
          _ = try await Browser(server).post("/login", ["email": email, "password": "wrong one"])
        }
      }
      var (wrong, unknown) = (Duration.seconds(600), Duration.seconds(600))
      var tries = 0
      while tries < 20, tries < 2 || unknown < wrong / 2 || unknown > wrong * 2 {
        wrong = min(wrong, try await time("ada@example.org"))
        unknown = min(unknown, try await time("eve@example.org"))
        tries += 1
      }
      #expect(unknown > wrong / 2 && unknown < wrong * 2, "\(unknown) for unknown, \(wrong) for wrong")
    }
  }

  @Test func oldParametersAreRaised() async throws {
    try await TestServer.with(.init(passwordCost: PasswordHash.current)) { server in
      let ada = try await server.person("Ada")
      func stored() async throws -> String {
        try await server.database.read { db in
          try String.fetchOne(db, sql: "SELECT password_hash FROM user WHERE id = ?", arguments: [ada.id])
            ?? ""
        }
      }
      #expect(try await stored().hasPrefix("$scrypt$ln=1,"))
      for _ in 0..<2 {
        let answer = try await Browser(server).post(
          "/login", ["email": ada.email, "password": Person.password])
        #expect(answer.status == 303)
        #expect(try await stored().hasPrefix("$scrypt$ln=15,r=8,p=3$"))
      }
    }
  }

  @Test func emptyFields() async throws {
    try await TestServer.with { server in
      let empty = try await Browser(server).post("/login", [:])
      #expect(empty.status == 422)
      let nul = try await Browser(server).post("/login", ["email": "a\0b@c", "password": "\0"])
      #expect(nul.status == 422)
    }
  }

  @Test func asAFragment() async throws {
    try await TestServer.with { server in
      let ada = try await server.person("Ada")
      let refused = try await Browser(server).post(
        "/login", ["email": ada.email, "password": "wrong one"], ["HX-Request": "true"])
      #expect(refused.status == 422)
      #expect(refused.text.hasPrefix("<form id=\"login-form\""))
      let taken = try await Browser(server).post(
        "/login", ["email": ada.email, "password": Person.password], ["HX-Request": "true"])
      #expect(taken.status == 200)
      #expect(taken.header("HX-Redirect") == "/")
    }
  }

  @Test func theWayThereAndBack() async throws {
    try await TestServer.with { server in
      let out = try await Browser(server).get("/conversations/7?before=3")
      #expect(out.status == 303)
      #expect(out.location == "/login?next=/conversations/7%3Fbefore%3D3")
      #expect(try await Browser(server).get("/").location == "/login")
      let page = try await Browser(server).get("/login?next=/conversations/7%3Fbefore%3D3")
      #expect(page.contains("action=\"/login?next=/conversations/7%3Fbefore%3D3\""))
      #expect(page.contains("href=\"/signup?next=/conversations/7%3Fbefore%3D3\""))
    }
  }

  /// The same password, composed on one device and decomposed on another, whichever was stored first and how.
  @Test func passwordsByAnyKeyboard() async throws {
    let (composed, decomposed) = ("un café à Zoë", "un cafe\u{301} a\u{300} Zoe\u{308}")
    try await TestServer.with { server in
      _ = try await server.signUp("Ada", email: "ada@example.org", password: decomposed)
      for typed in [composed, decomposed, "un café\u{A0}à Zoë"] {
        let answer = try await Browser(server).post(
          "/login", ["email": "ada@example.org", "password": typed])
        #expect(answer.status == 303, "\(typed.unicodeScalars.count)")
      }
      // As it was stored before passwords were normalized.
      for (number, stored) in [composed, decomposed].enumerated() {
        let email = "old\(number)@example.org"
        _ = try await server.person(
          "Old", email: email, hash: PasswordHash(hashing: stored, parameters: TestServer.cheap))
        for typed in [decomposed, composed, decomposed] {
          let answer = try await Browser(server).post("/login", ["email": email, "password": typed])
          #expect(answer.status == 303, "\(number) \(typed.unicodeScalars.count)")
        }
        let hash = try await server.database.read { db in
          try String.fetchOne(
            db, sql: "SELECT password_hash FROM user WHERE email_key = ?", arguments: [email])
        }
        #expect(try PasswordHash(try #require(hash))?.matches(composed) == true, "it was not stored anew")
      }
      let wrong = try await Browser(server).post(
        "/login", ["email": "ada@example.org", "password": "un cafe a Zoe"])
      #expect(wrong.status == 422)
    }
  }

  /// Some browsers send a domain as punycode, others as it was typed.
  @Test func domainsByAnyBrowser() async throws {
    try await TestServer.with { server in
      _ = try await server.signUp("Ann", email: "ann@müller.example")
      for email in ["ann@xn--mller-kva.example", "Ann@MÜLLER.example", "ann@mu\u{308}ller.example"] {
        let answer = try await Browser(server).post("/login", ["email": email, "password": Person.password])
        #expect(answer.status == 303, "\(email)")
      }
      let again = try await Browser(server).post(
        "/signup", ["fullName": "Ann", "email": "ann@xn--mller-kva.example", "password": Person.password])
      #expect(again.status == 422)
      #expect(again.contains("There is an account with that email already"))
      let profile = Browser(server)
      _ = try await profile.post(
        "/login", ["email": "ann@xn--mller-kva.example", "password": Person.password])
      #expect(try await profile.get("/profile").contains("ann@müller.example"))
    }
  }

  /// From before domains were compared so: both get into what is theirs by what they typed.
  @Test func twoAccountsThatBecameOneAddress() async throws {
    let folder = try DataFolder.old("11 folded names")
    let queue = try DatabaseQueue(path: folder.database)
    let hash = try TestServer.quickHash().text
    try await queue.write { db in
      ChatDatabase.addFunctions(to: db)
      for email in ["ann@müller.example", "ann@xn--mller-kva.example", "bo@müller.example"] {
        try db.execute(
          sql: """
            INSERT INTO user (full_name, sort_name, email, email_key, password_hash, created_at)
            VALUES (?1, ?1, ?1, ?1, ?2, 1)
            """, arguments: [email, hash])
      }
    }
    try queue.close()
    let database = try ChatDatabase(path: folder.database)
    let found = try await database.read { db in
      try [
        "ann@müller.example", "ann@xn--mller-kva.example", "bo@xn--mller-kva.example", "bo@müller.example",
      ].map {
        try User.credentials(email: EmailAddress($0), in: db)?.id
      }
    }
    #expect(found == [3, 4, 5, 5])
    await database.close()
    try FileManager.default.removeItem(at: folder.url)
  }
}
