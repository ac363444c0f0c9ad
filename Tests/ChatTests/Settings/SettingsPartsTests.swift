import Testing

@testable import Chat

/// What every part of the settings has in common, whichever it is.
@Suite struct SettingsPartsTests {
  @Test func eachIsOnThePageAndAFragment() async throws {
    try await TestServer.with { server in
      let ada = try await server.person("Ada")
      for part in Features.settings.map(\.part) {
        let page = try await ada.browser.get(part.place == .theme ? "/settings/theme" : "/settings")
        #expect(page.html.count(of: "id=\"\(part.name)\"") == 1, "\(part)")
        let saved = try await ada.browser.get("/settings?saved=\(part.name)")
        #expect(saved.contains("<p class=\"notice\">\(part.saved.english)</p>"), "\(part)")
      }
      let other = try await ada.browser.get("/settings?saved=nothing")
      #expect(other.status == 200 && !other.contains("class=\"notice\""))
    }
  }

  /// Password managers keep a password by the name that it goes with, which stands before it in the form.
  @Test func whosePasswordIsAskedFor() async throws {
    try await TestServer.with { server in
      let ada = try await server.person("Ada")
      _ = try await Browser(server).post("/login", ["email": ada.email, "password": Person.password])
      var answers = [try await ada.browser.get("/settings")]
      for (path, form) in [
        ("/settings/password", "password=x&newPassword=y"),
        ("/settings/email", "email=b%40example.org&password=x"),
        ("/settings/sessions", "others=1&password=x"), ("/settings/deletion", "password=x"),
      ] {
        answers.append(try await ada.browser.post(path, form: form))
        answers.append(try await ada.browser.post(path, form: form, ["HX-Request": "true"]))
      }
      let forms = answers.flatMap { $0.html.from("<form", through: "</form>") }
        .filter { $0.contains("type=\"password\"") }
      #expect(forms.count == 5 * 4 + 4)
      for form in forms {
        let name = "value=\"\(ada.email)\" autocomplete=\"username\""
        #expect(form.first("<form", "type=\"password\"")?.count(of: name) == 1, "\(form)")
      }
    }
  }

  /// What was typed is not lost by having been too quick; a password is never shown.
  @Test(arguments: [false, true]) func tooQuick(isFragment: Bool) async throws {
    try await TestServer.with(.init(hasRateLimits: true)) { server in
      let ada = try await server.person("Ada")
      let headers: KeyValuePairs<String, String> = isFragment ? ["HX-Request": "true"] : [:]
      for (path, saved, typed, shown) in [
        ("/settings", "theme=dark", "theme=nord", "name=\"theme\" value=\"nord\" checked"),
        ("/settings/clock", "hours=24", "hours=12&timeZone=Atlantis+%3C", "value=\"Atlantis &lt;\" list="),
        ("/settings/privacy", "presence=1", "", "name=\"presence\" value=\"1\" autofocus"),
        ("/settings/sessions", "session=1", "session=1&password=hidden+words", "id=\"session-list\""),
        ("/settings/email", "email=a%40b.org", "email=a%40c.org&password=hidden+words", "value=\"a@c.org\""),
        ("/settings/deletion", "", "messages=keep&password=hidden+words", "value=\"keep\" checked"),
      ] {
        for _ in 0..<40 where try await ada.browser.post(path, form: saved).status == 429 { break }
        let answer = try await ada.browser.post(path, form: typed, headers)
        #expect(answer.status == 429 && answer.header("Retry-After") != nil, "\(path)")
        #expect(answer.contains("then try again.") && answer.contains("<html") != isFragment, "\(path)")
        #expect(answer.contains(shown), "\(path)")
        #expect(!answer.contains("hidden words"), "\(path)")
      }
    }
  }
}
