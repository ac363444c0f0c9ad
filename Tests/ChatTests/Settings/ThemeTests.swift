import Foundation
import Testing

@testable import Chat

/// The theme, kept with the account and in the browser.
@Suite struct ThemeTests {
  private func theme(_ answer: Answer) -> String? { answer.html.first("<html", ">")?.attribute("data-theme") }

  @Test func everyPageHasIt() async throws {
    try await TestServer.with { server in
      let ada = try await server.signUp("Ada")
      #expect(theme(try await ada.browser.get("/")) == nil)
      let saved = try await ada.browser.post("/settings", ["theme": "nord"])
      #expect(saved.status == 303 && saved.location == "/settings?saved=theme-form")
      for path in ["/", "/settings", "/profile", "/nothing-here"] {
        #expect(theme(try await ada.browser.get(path)) == "nord", "\(path)")
      }
      #expect(try await ada.browser.get("/settings?saved=theme-form").contains("Your theme is saved."))
      // The log-in page of this browser has it too, that of another does not.
      _ = try await ada.browser.post("/logout", [:])
      #expect(theme(try await ada.browser.get("/login")) == "nord")
      let other = Browser(server)
      #expect(theme(try await other.get("/login")) == nil)
      _ = try await other.post("/login", ["email": ada.email, "password": Person.password])
      #expect(theme(try await other.get("/")) == "nord")
      #expect(other.cookies[Theme.cookie] == "nord")
    }
  }

  /// The settings say which one it is and lead to the choice, which a refused form shows again.
  @Test func aRowInTheSettings() async throws {
    try await TestServer.with { server in
      let ada = try await server.person("Ada")
      for theme in [Theme.system, .cmyk] {
        _ = try await ada.browser.post("/settings", ["theme": theme.rawValue])
        let page = try await ada.browser.get("/settings")
        #expect(page.contains("id=\"theme-in-use\">\(theme.label.english)</p>"))
        #expect(page.contains("href=\"/settings/theme\"") && !page.contains("name=\"theme\""))
      }
      let refused = try await ada.browser.post("/settings", ["theme": "mauve"])
      #expect(refused.status == 422 && refused.contains("<h1>Theme</h1>"))
      #expect(refused.contains("name=\"theme\" value=\"cmyk\" checked"))
    }
  }

  @Test func itIsAnotherInEveryBrowserAtOnce() async throws {
    try await TestServer.with { server in
      let ada = try await server.signUp("Ada")
      let other = ada.browser.copy()
      _ = try await ada.browser.post("/settings", ["theme": "dim"])
      #expect(theme(try await other.get("/")) == "dim")
      _ = try await ada.browser.post("/settings", ["theme": "system"])
      #expect(theme(try await other.get("/")) == nil)
    }
  }

  @Test(arguments: ["", "Nord", "neon", "\" onload=\"", "dark nord"]) func noTheme(name: String) async throws
  {
    try await TestServer.with { server in
      let ada = try await server.person("Ada")
      _ = try await ada.browser.post("/settings", ["theme": "dark"])
      let page = try await ada.browser.post("/settings", ["theme": name])
      #expect(page.status == 422 && page.contains("Choose one of these themes."))
      #expect(theme(page) == "dark")
      ada.browser.cookies[Theme.cookie] = name
      #expect(theme(try await Browser(server).get("/login")) == nil)
      let stranger = Browser(server)
      stranger.cookies[Theme.cookie] = name.isEmpty ? "x" : name
      #expect(theme(try await stranger.get("/login")) == nil)
    }
  }

  @Test func tooManyChanges() async throws {
    try await TestServer.with(.init(hasRateLimits: true)) { server in
      let people = try await server.people("Ada", "Ben")
      let page = try await people[0].browser.post(
        "/settings", ["theme": "dark"], afterTooMany: ["theme": "nord"])
      #expect(page.status == 429 && page.header("Retry-After") != nil && theme(page) == "nord")
      #expect(page.contains("That was a lot of changes.") && page.contains("theme-error"))
      #expect(try await people[1].browser.post("/settings", ["theme": "dark"]).status == 303)
    }
  }

  @Test func theForm() async throws {
    try await TestServer.with { server in
      let ada = try await server.person("Ada")
      let page = try await ada.browser.get("/settings/theme")
      #expect(page.status == 200 && page.contains("role=\"radiogroup\""))
      for theme in Theme.allCases {
        #expect(page.html.count(of: "value=\"\(theme.rawValue)\"") == 1, "\(theme)")
        #expect(page.contains(theme.label.english))
      }
      #expect(Theme.allCases.count == 33)
      let fragment = try await ada.browser.post("/settings", ["theme": "aqua"], ["HX-Request": "true"])
      #expect(fragment.status == 200 && !fragment.contains("<html"))
      #expect(fragment.header("HX-Redirect") == "/settings?saved=theme-form")
      #expect(fragment.header("Set-Cookie")?.contains("nextalk_theme=aqua") == true)
      #expect(try await Browser(server).get("/settings").location == "/login?next=/settings")
      #expect(try await Browser(server).post("/settings", ["theme": "aqua"]).status == 303)
    }
  }
}
