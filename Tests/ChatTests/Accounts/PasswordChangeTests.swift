import Testing

@testable import Chat

/// Another password, asked for in the settings.
@Suite struct PasswordChangeTests {
  @Test func theNewOneCountsAndOtherSessionsEnd() async throws {
    try await TestServer.with { server in
      let ada = try await server.person("Ada", email: "ada@example.org")
      let phone = Browser(server)
      _ = try await phone.post("/login", ["email": ada.email, "password": Person.password])
      let elsewhere = try await phone.events(after: 0)
      let here = try await ada.events()
      let copy = ada.browser.copy()
      let answer = try await ada.browser.post(
        "/settings/password", ["password": Person.password, "newPassword": "a longer sentence"])
      #expect(answer.status == 303)
      let page = try await ada.browser.get(try #require(answer.location))
      #expect(page.contains("Your password has been changed."))

      _ = try await elsewhere.first("word of the end") { $0.name == "signed-out" }
      try await elsewhere.ended(within: .seconds(5))
      let back = try await phone.get("/")
      #expect(back.location == "/login")
      let login = try await phone.get("/login")
      #expect(login.contains("Your password was changed, so you were logged out."))
      // Also for whoever has a copy of the token that stays: its streams end, and come back with the new one.
      try await here.ended(within: .seconds(5))
      #expect(!here.events.contains { $0.name == "signed-out" })
      #expect(try await copy.get("/").location == "/login")
      #expect(try await ada.browser.get("/").status == 200)

      let old = try await phone.post("/login", ["email": ada.email, "password": Person.password])
      #expect(old.status == 422)
      let new = try await phone.post("/login", ["email": ada.email, "password": "a longer sentence"])
      #expect(new.status == 303)
      let fresh = try await Browser(server).get("/login")
      #expect(!fresh.contains("you were logged out"))
    }
  }

  @Test(arguments: [
    ("wrong", "a longer sentence", "That is not your password."),
    (Person.password, "short", "at least 8 characters"),
    (Person.password, "", "at least 8 characters"),
  ])
  func refusals(old: String, new: String, sentence: String) async throws {
    try await TestServer.with { server in
      let ada = try await server.person("Ada")
      let phone = Browser(server)
      _ = try await phone.post("/login", ["email": ada.email, "password": Person.password])
      let answer = try await ada.browser.post("/settings/password", ["password": old, "newPassword": new])
      #expect(answer.status == 422 && answer.contains(sentence))
      #expect(!answer.contains("value=\"\(old)\"") && (new.isEmpty || !answer.contains("value=\"\(new)\"")))
      let fragment = try await ada.browser.post(
        "/settings/password", ["password": old, "newPassword": new], ["HX-Request": "true"])
      #expect(fragment.status == 422 && fragment.contains(sentence) && !fragment.contains("<html"))
      let other = try await phone.get("/")
      #expect(other.status == 200)
      let login = try await Browser(server).post(
        "/login", ["email": ada.email, "password": Person.password])
      #expect(login.status == 303)
    }
  }

  @Test func rightOnesAreLimitedBySession() async throws {
    try await TestServer.with(.init(hasRateLimits: true)) { server in
      let ada = try await server.person("Ada")
      func change(_ number: Int) async throws -> Int {
        try await ada.browser.post(
          "/settings/email", ["password": Person.password, "email": "ada\(number)@example.org"]
        ).status
      }
      for number in 0..<20 {
        let status = try await change(number)
        #expect(status == 303)
      }
      // On a slow machine another try has been gained meanwhile.
      var later: [Int] = []
      for number in 20..<25 { later.append(try await change(number)) }
      #expect(later.contains(429))
    }
  }

  @Test func wrongOnesAreCountedBySession() async throws {
    try await TestServer.with(.init(hasRateLimits: true)) { server in
      let ada = try await server.person("Ada")
      let ben = try await server.person("Ben")
      for _ in 0..<5 {
        let answer = try await ada.browser.post(
          "/settings/password", ["password": "wrong", "newPassword": "a longer sentence"])
        #expect(answer.status == 422)
      }
      let form: KeyValuePairs = ["password": Person.password, "email": "new@example.org"]
      let answer = try await ada.browser.post("/settings/email", form)
      #expect(answer.status == 429 && answer.header("Retry-After") != nil)
      #expect(answer.contains("Too many tries"))
      // Whoever has a session that is not theirs holds up no other of its owner's.
      let phone = Browser(server)
      _ = try await phone.post("/login", ["email": ada.email, "password": Person.password])
      let owner = try await phone.post(
        "/settings/email", ["password": Person.password, "email": "own@example.org"])
      #expect(owner.status == 303)
      let other = try await ben.browser.post("/settings/email", form)
      #expect(other.status == 303)
    }
  }

  @Test func fromAnotherSite() async throws {
    try await TestServer.with { server in
      let ada = try await server.person("Ada")
      for path in ["password", "email", "sessions"] {
        let answer = try await ada.browser.post(
          "/settings/\(path)",
          [
            "password": Person.password, "newPassword": "a longer sentence", "email": "x@example.org",
            "others": "1",
          ],
          ["Origin": "https://elsewhere.example"])
        #expect(answer.status == 403, "\(path)")
        let stranger = try await Browser(server).post("/settings/\(path)", ["others": "1"])
        #expect(stranger.status == 303 && stranger.location?.hasPrefix("/login") == true)
      }
    }
  }
}
