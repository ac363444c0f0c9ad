import Foundation
import GRDB
import Testing

@testable import Chat

/// Asking for the deletion, its refusals, and taking it back.
@Suite struct DeletionFormTests {
  private func waiting(_ server: TestServer) async throws -> [Deletion] {
    try await server.database.read { try Deletion.all(in: $0) }
  }

  @Test func wrongPassword() async throws {
    try await TestServer.with { server in
      let ada = try await server.people("Ada", "Ben")[0]
      for password in ["", "wrong", Person.password + " "] {
        for headers in [[:], ["HX-Request": "true"]] as [KeyValuePairs] {
          let answer = try await ada.browser.post(
            "/settings/deletion", ["password": password, "messages": "keep"], headers)
          #expect(answer.status == 422 && answer.contains("That is not your password."))
          #expect(answer.contains("aria-describedby=\"deletion-error deletion-hint\""))
          #expect(answer.contains("value=\"keep\" checked") && !answer.contains("value=\"erase\" checked"))
          #expect(answer.contains("<html") == (headers.isEmpty))
          #expect(password.isEmpty || !answer.contains("value=\"\(password)\""))
        }
      }
      #expect(try await waiting(server).isEmpty)
      #expect(try await ada.browser.get("/settings/deletion").location == "/settings")
    }
  }

  @Test func othersCannotSetItOff() async throws {
    try await TestServer.with { server in
      let ada = try await server.person("Ada")
      let form: KeyValuePairs = ["password": Person.password]
      for headers in [["Sec-Fetch-Site": "cross-site"], ["Origin": "https://evil.example"]] as [KeyValuePairs]
      {
        #expect(try await ada.browser.post("/settings/deletion", form, headers).status == 403)
        #expect(try await ada.browser.post("/settings/deletion/undo", [:], headers).status == 403)
      }
      for path in ["/settings/deletion", "/settings/deletion/undo"] {
        let answer = try await Browser(server).post(path, form)
        #expect(answer.status == 303 && answer.location?.hasPrefix("/login") == true)
      }
      #expect(try await ada.browser.get("/settings/deletion/undo").status == 405)
      #expect(try await waiting(server).isEmpty)
    }
  }

  @Test func tooManyTries() async throws {
    try await TestServer.with(.init(hasRateLimits: true)) { server in
      let people = try await server.people("Ada", "Ben")
      for _ in 0..<5 {
        let answer = try await people[0].browser.post("/settings/deletion", ["password": "x"])
        #expect(answer.status == 422)
      }
      let answer = try await people[0].browser.post("/settings/deletion", ["password": Person.password])
      #expect(
        answer.status == 429 && answer.header("Retry-After") != nil && answer.contains("Too many tries"))
      #expect(try await waiting(server).isEmpty)
      #expect(try await people[1].browser.post("/settings/deletion", ["password": "x"]).status == 422)
    }
  }

  @Test func undone() async throws {
    try await TestServer.with { server in
      let people = try await server.people("Ada", "Ben")
      let (ada, ben) = (people[0], people[1])
      try await ada.write("Hello", to: ben)
      let stream = try await ben.events()
      try await ada.delete()
      let page = try await ada.browser.get("/settings/deletion")
      #expect(page.contains("Your account will be deleted in 10 seconds.") && page.contains(">Undo<"))
      #expect(page.contains("<meta http-equiv=\"refresh\" content=\"11; url=/signup\">"))
      // Until then all goes on, and the settings show it too.
      try await ada.write("Still here", to: ben)
      _ = try await stream.message("Still here")
      let settings = try await ada.browser.get("/settings")
      #expect(settings.contains("Your account will be deleted in") && settings.contains(">Undo<"))
      #expect(!settings.contains("deletion-password"))
      // Asking again changes neither the time nor the choice.
      let due = try await waiting(server).first?.dueAt
      try await ada.delete(keepingMessages: true)
      let again = try await waiting(server)
      #expect(again.map(\.dueAt) == [due] && again.map(\.keepsMessages) == [false])
      let undone = try await ada.browser.post("/settings/deletion/undo", [:])
      #expect(undone.status == 303 && undone.location == "/settings?saved=deletion-form")
      #expect(ada.browser.cookies[Farewell.cookie] == nil)
      let saved = try await ada.browser.get("/settings?saved=deletion-form")
      #expect(
        saved.contains("Your account stays. Nothing was deleted.") && saved.contains("deletion-password"))
      #expect(try await waiting(server).isEmpty)
      // Twice does no harm.
      #expect(try await ada.browser.post("/settings/deletion/undo", [:]).status == 303)
      #expect(!stream.events.contains { $0.data.contains("Deleted account") })
      #expect(try await ben.page(with: ada).contains("Hello"))
    }
  }

  /// Whoever has a session that is not theirs could undo it otherwise, without a password.
  @Test func onlyTheSessionThatAskedCanUndoIt() async throws {
    try await TestServer.with { server in
      let ada = try await server.person("Ada")
      let (other, thief) = (Browser(server), Browser(server))
      #expect(
        try await other.post("/login", ["email": ada.email, "password": Person.password]).status == 303)
      thief.cookies = ada.browser.cookies
      #expect(try await thief.get("/").status == 200)
      try await ada.delete()
      for browser in [other, thief] {
        let answer = try await browser.post("/settings/deletion/undo", [:])
        #expect(answer.status == 303 && answer.location?.hasPrefix("/login") == true)
      }
      #expect(try await other.get("/login").contains("You asked on another device to delete your account"))
      #expect(try await waiting(server).count == 1)
      #expect(try await ada.browser.post("/settings/deletion/undo", [:]).status == 303)
      #expect(try await waiting(server).isEmpty)
    }
  }

  @Test func asAFragment() async throws {
    try await TestServer.with { server in
      let ada = try await server.person("Ada")
      let asked = try await ada.browser.post(
        "/settings/deletion", ["password": Person.password], ["HX-Request": "true"])
      #expect(asked.status == 200 && !asked.contains("<html") && asked.contains(">Undo<"))
      #expect(ada.browser.cookies[Farewell.cookie]?.hasPrefix("\(ada.id).") == true)
      let undone = try await ada.browser.post("/settings/deletion/undo", [:], ["HX-Request": "true"])
      #expect(undone.status == 200 && !undone.contains("<html") && undone.contains("deletion-password"))
    }
  }

  @Test func tooLate() async throws {
    try await TestServer.with { server in
      let ada = try await server.person("Ada")
      let dueAt = Date.now.milliseconds - 1
      try await server.database.writer.write {
        try Deletion.ask(of: ada.id, dueAt: dueAt, keepsMessages: false, in: $0)
      }
      let undone = try await ada.browser.post("/settings/deletion/undo", [:])
      #expect(undone.status == 303 && undone.location == "/settings/deletion")
      let page = try await ada.browser.get("/settings/deletion")
      #expect(page.contains("Your account is being deleted now.") && !page.contains(">Undo<"))
    }
  }

  /// The page must not tell a stranger whether an account was deleted.
  @Test func aMarkThatSomeoneMadeUp() async throws {
    try await TestServer.with(.init(deletionDelay: 300)) { server in
      let people = try await server.people("Ada", "Ben", "Cem")
      let (ada, ben, cem) = (people[0], people[1], people[2])
      for each in [ada, cem] { try await each.delete() }
      let marks = [ada, cem].map { $0.browser.cookies[Farewell.cookie] ?? "" }
      try await server.deletionsDone()
      #expect(marks[0] != marks[1] && marks[0].hasPrefix("\(ada.id)."))
      let code = marks[0].split(separator: ".").last ?? ""
      let plain = try await Browser(server).get("/login")
      for id in [ada.id, ben.id, cem.id, 999] {
        for mark in ["\(id)", "\(id).", "\(id).AAAA", "\(id).\(marks[0])", ".\(code)", "+\(id).\(code)"]
          + (id == ada.id ? [] : ["\(id).\(code)"])
        {
          let stranger = Browser(server)
          stranger.cookies = [Farewell.cookie: mark]
          let login = try await stranger.get("/login")
          #expect(login.status == 200 && login.bytes == plain.bytes, "\(mark)")
          #expect(login.headers["Set-Cookie"].isEmpty && login.header("Clear-Site-Data") == nil, "\(mark)")
          #expect(try await !stranger.get("/signup").contains("Your account is deleted."), "\(mark)")
        }
      }
      let browser = Browser(server)
      browser.cookies = [Farewell.cookie: marks[0]]
      #expect(try await browser.get("/login").location == "/signup")
    }
  }

  @Test func theLastPageAndANewAccount() async throws {
    try await TestServer.with(.init(deletionDelay: 300)) { server in
      let ada = try await server.signUp("Ada", email: "ada@example.org")
      let tablet = Browser(server)
      _ = try await tablet.post("/login", ["email": ada.email, "password": Person.password])
      try await ada.delete()
      try await server.deletionsDone()
      for browser in [ada.browser.copy(), tablet.copy()] {
        #expect(try await browser.get("/").location == "/login")
        #expect(try await browser.get("/events").status == 401)
      }
      // A device that did not ask for it is told nothing and keeps what it has.
      let other = try await tablet.get("/login")
      #expect(other.status == 200 && !other.contains("deleted") && other.header("Clear-Site-Data") == nil)
      let tried = try await tablet.post("/login", ["email": ada.email, "password": Person.password])
      #expect(tried.status == 422)

      #expect(try await ada.browser.get("/login").location == "/signup")
      let last = try await ada.browser.get("/signup")
      #expect(last.status == 200 && last.contains("Your account is deleted."))
      #expect(last.header("Clear-Site-Data")?.contains("\"storage\"") == true)
      // Another tab of hers may come a moment later.
      let mark = try #require(last.headers["Set-Cookie"].first { $0.hasPrefix("nextalk_deleted=") })
      #expect(mark.contains("Max-Age=5;") && Array(ada.browser.cookies.keys) == [Farewell.cookie])
      #expect(try await ada.browser.get("/signup").contains("Your account is deleted."))
      ada.browser.cookies = [:]
      let plain = try await ada.browser.get("/signup")
      #expect(!plain.contains("Your account is deleted.") && plain.header("Clear-Site-Data") == nil)

      await #expect(throws: CommandFailure.self) {
        try await PasswordReset(dataFolder: server.folder).set("another password", email: ada.email)
      }
      let again = try await server.signUp("Ada again", email: "ada@example.org")
      #expect(again.id != ada.id)
      let rows = try await again.browser.get("/").html.rows
      #expect(rows.isEmpty)
    }
  }
}
