import Testing

@testable import Chat

/// What every part of the settings has in common, whichever it is.
@Suite struct SettingsPartsTests {
  @Test func eachIsOnThePageAndAFragment() async throws {
    try await TestServer.with { server in
      let ada = try await server.person("Ada")
      for part in Features.settings.map(\.part) {
        let page = try await ada.browser.get("/settings?saved=\(part.name)")
        #expect(page.html.count(of: "id=\"\(part.name)\"") == 1, "\(part)")
        #expect(page.contains("<p class=\"notice\">\(part.saved.english)</p>"), "\(part)")
      }
      let other = try await ada.browser.get("/settings?saved=nothing")
      #expect(other.status == 200 && !other.contains("class=\"notice\""))
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
