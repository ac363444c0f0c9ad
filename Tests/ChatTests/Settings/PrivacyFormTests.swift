import GRDB
import Testing

@testable import Chat

/// The form of the settings that hides and shows when one is online.
@Suite struct PrivacyFormTests {
  private static let ticked = "name=\"presence\" value=\"1\" checked"

  private func hides(_ person: Person) async throws -> Bool {
    try await person.server.database.read { try !Privacy.of(person.id, in: $0).showsPresence }
  }

  @Test func savedAndShown() async throws {
    try await TestServer.with { server in
      let ada = try await server.person("Ada")
      #expect(try await ada.browser.get("/settings").contains(Self.ticked))
      let hidden = try await ada.browser.post("/settings/privacy", [:])
      #expect(hidden.status == 303 && hidden.location == "/settings?saved=privacy-form")
      let page = try await ada.browser.get("/settings?saved=privacy-form")
      #expect(page.contains("Your privacy is saved.") && !page.contains(Self.ticked))
      #expect(try await hides(ada))
      let shown = try await ada.browser.post(
        "/settings/privacy", ["presence": "1"], ["HX-Request": "true"])
      #expect(shown.status == 200 && !shown.contains("<html") && shown.contains(Self.ticked))
      #expect(try await !hides(ada))
      // Twice does no harm.
      #expect(try await ada.browser.post("/settings/privacy", ["presence": "1"]).status == 303)
    }
  }

  @Test(arguments: ["0", "true", "11", "\0"]) func neitherYesNorNo(value: String) async throws {
    try await TestServer.with { server in
      let ada = try await server.person("Ada")
      for headers in [[:], ["HX-Request": "true"]] as [KeyValuePairs<String, String>] {
        let page = try await ada.browser.post("/settings/privacy", ["presence": value], headers)
        #expect(page.status == 422 && page.contains("Tick the box or leave it empty."))
        #expect(
          page.contains("aria-describedby=\"privacy-error privacy-hint\"") && page.contains(Self.ticked))
      }
      #expect(try await !hides(ada))
    }
  }

  @Test func tooManyChanges() async throws {
    try await TestServer.with(.init(hasRateLimits: true)) { server in
      let people = try await server.people("Ada", "Ben")
      let page = try await people[0].browser.post("/settings/privacy", [:], afterTooMany: ["presence": "1"])
      #expect(page.status == 429 && page.header("Retry-After") != nil)
      #expect(page.contains("That was a lot of changes.") && page.contains("privacy-error"))
      #expect(try await !hides(people[0]))
      #expect(try await people[1].browser.post("/settings/privacy", [:]).status == 303)
    }
  }

  @Test func othersCannotSetItOff() async throws {
    try await TestServer.with { server in
      let ada = try await server.person("Ada")
      for headers in [["Sec-Fetch-Site": "cross-site"], ["Origin": "https://evil.example"]] as [KeyValuePairs]
      {
        #expect(try await ada.browser.post("/settings/privacy", [:], headers).status == 403)
      }
      let stranger = try await Browser(server).post("/settings/privacy", [:])
      #expect(stranger.location?.hasPrefix("/login") == true)
      #expect(try await ada.browser.get("/settings/privacy").status == 405)
      #expect(try await !hides(ada))
    }
  }
}
