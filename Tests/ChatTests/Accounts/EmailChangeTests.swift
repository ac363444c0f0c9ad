import Testing

@testable import Chat

/// Another address to log in with, asked for in the settings.
@Suite struct EmailChangeTests {
  @Test func theNewOneCounts() async throws {
    try await TestServer.with { server in
      let ada = try await server.person("Ada", email: "ada@example.org")
      let answer = try await ada.browser.post(
        "/settings/email", ["email": " Ada@New.example ", "password": Person.password])
      #expect(answer.status == 303)
      let page = try await ada.browser.get(try #require(answer.location))
      #expect(
        page.contains("Your email address has been changed.") && page.contains("value=\"Ada@New.example\""))
      let old = try await Browser(server).post(
        "/login", ["email": "ada@example.org", "password": Person.password])
      #expect(old.status == 422)
      let new = try await Browser(server).post(
        "/login", ["email": "ada@new.example", "password": Person.password])
      #expect(new.status == 303)
      let again = try await server.signUp("Another", email: "ada@example.org")
      #expect(again.id != ada.id)
    }
  }

  @Test func refusals() async throws {
    try await TestServer.with { server in
      let ada = try await server.person("Ada", email: "ada@example.org")
      _ = try await server.person("Ben", email: "ben@example.org")
      for (email, password, sentence) in [
        ("BEN@example.org", Person.password, "There is an account with that email already."),
        ("no address", Person.password, "does not look like an email address"),
        ("", Person.password, "Please enter your email address."),
        ("new@example.org", "wrong", "That is not your password."),
        ("new@example.org", "", "That is not your password."),
      ] {
        let answer = try await ada.browser.post("/settings/email", ["email": email, "password": password])
        #expect(answer.status == 422 && answer.contains(sentence), "\(email)")
        #expect(answer.contains("value=\"\(email)\""))
      }
      let login = try await Browser(server).post(
        "/login", ["email": "ada@example.org", "password": Person.password])
      #expect(login.status == 303)
    }
  }

  @Test func toItself() async throws {
    try await TestServer.with { server in
      let ada = try await server.person("Ada", email: "ada@example.org")
      let answer = try await ada.browser.post(
        "/settings/email", ["email": "ADA@example.org", "password": Person.password])
      #expect(answer.status == 303)
    }
  }
}
