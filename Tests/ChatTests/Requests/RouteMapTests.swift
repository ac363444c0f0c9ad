import HTTPTypes
import NIOHTTP1
import Testing

@testable import Chat

/// The whole URL map, written down: a route that comes, goes or changes is a line of this test too.
@Suite struct RouteMapTests {
  private static let settingsForm = "logged in | 4 KiB | 20 a person, one more in 10 seconds"
  private static let passwords =
    "20 passwords a session, one more in 10 seconds; 5 wrong passwords a session, one more in a minute"
  private static let images =
    "logged in | 128 KiB and 10 files of 10 MiB | 60 a person, one more in a second"

  private static let acts = "60 a person, one more in a second"
  private static let members = "60 a person, one more in 5 seconds"

  private static let map = [
    "GET | / | logged in | no body | no rate limit",
    "GET | /administration | administrators | no body | no rate limit",
    "GET | /administration/settings | administrators | no body | no rate limit",
    "POST | /administration/settings | administrators | 4 KiB | 60 a person, one more in 5 seconds",
    "GET | /assets/** | anyone | no body | no rate limit",
    "GET | /conversations/{conversation} | logged in | no body | no rate limit",
    "GET | /conversations/{conversation}/details | logged in | no body | no rate limit",
    "POST | /conversations/{conversation}/details | logged in | 128 KiB and a file of 10 MiB | \(members)",
    "POST | /conversations/{conversation}/join | logged in | no body | \(members)",
    "POST | /conversations/{conversation}/leave | logged in | no body | \(members)",
    "POST | /conversations/{conversation}/members | logged in | 64 KiB | \(members)",
    "POST | /conversations/{conversation}/messages | \(images)",
    "POST | /conversations/{conversation}/notifications | logged in | 1 KiB | \(members)",
    "POST | /conversations/{conversation}/read | logged in | 1 KiB | no rate limit",
    "POST | /conversations/{conversation}/typing | logged in | no body | no rate limit",
    "GET | /events | logged in | no body | no rate limit",
    "GET | /favicon.ico | anyone | no body | no rate limit",
    "GET | /groups | logged in | no body | no rate limit",
    "GET | /groups/new | logged in | no body | no rate limit",
    "POST | /groups/new | logged in | 128 KiB and a file of 10 MiB | 20 a person, one more in a minute",
    "GET | /health | anyone | no body | no rate limit",
    "GET | /login | anyone | no body | no rate limit",
    "POST | /login | anyone | 16 KiB | 20 an address, one more in 15 seconds; "
      + "10 by new browsers an account and address, one more in a minute; 100 by new browsers an account, one more in 6 seconds; "
      + "60 right passwords an account and address, one more in 20 seconds",
    "POST | /logout | anyone | no body | no rate limit",
    "GET | /messages/{message} | logged in | no body | no rate limit",
    "GET | /messages/{message}/delete | logged in | no body | no rate limit",
    "POST | /messages/{message}/delete | logged in | 4 KiB | \(acts)",
    "POST | /messages/{message}/delete/undo | logged in | no body | \(acts)",
    "GET | /messages/{message}/details | logged in | no body | no rate limit",
    "GET | /messages/{message}/edit | logged in | no body | no rate limit",
    "POST | /messages/{message}/edit | logged in | 128 KiB | \(acts)",
    "POST | /messages/{message}/pin | logged in | no body | \(acts)",
    "POST | /messages/{message}/reactions | logged in | 4 KiB | \(acts)",
    "POST | /messages/{message}/unread | logged in | no body | \(members)",
    "GET | /people/{person} | logged in | no body | no rate limit",
    "GET | /people/{person}/details | logged in | no body | no rate limit",
    "POST | /people/{person}/messages | \(images)",
    "POST | /people/{person}/read | logged in | 1 KiB | no rate limit",
    "POST | /people/{person}/typing | logged in | no body | no rate limit",
    "GET | /profile | logged in | no body | no rate limit",
    "POST | /profile | logged in | 16 KiB and a file of 10 MiB | 20 a person, one more in 10 seconds",
    "GET | /settings | logged in | no body | no rate limit",
    "POST | /settings | \(settingsForm)",
    "POST | /settings/clock | \(settingsForm)",
    "GET | /settings/data | logged in | no body | no rate limit",
    "POST | /settings/data | logged in | 1 KiB | 5 a person, one more in 10 minutes",
    "GET | /settings/deletion | logged in | no body | no rate limit",
    "POST | /settings/deletion | logged in | 4 KiB | \(passwords)",
    "POST | /settings/deletion/undo | logged in | 4 KiB | no rate limit",
    "POST | /settings/email | logged in | 4 KiB | \(passwords)",
    "POST | /settings/password | logged in | 4 KiB | \(passwords)",
    "POST | /settings/privacy | \(settingsForm)",
    "POST | /settings/sessions | logged in | 4 KiB | 30 a session, one more in 10 seconds; \(passwords)",
    "GET | /settings/theme | logged in | no body | no rate limit",
    "GET | /setup/{token} | anyone | no body | no rate limit",
    "POST | /setup/{token} | anyone | 16 KiB | 20 an address, one more in a minute",
    "GET | /shortcuts | logged in | no body | no rate limit",
    "GET | /signup | anyone | no body | no rate limit",
    "POST | /signup | anyone | 16 KiB | 20 an address, one more in a minute",
    "GET | /uploads/{name} | logged in | no body | no rate limit",
  ]

  @Test func theMap() {
    let printed = RouteMap.text(in: .english).split(separator: "\n").map { line in
      line.split(separator: "  ", omittingEmptySubsequences: true)
        .map { $0.drop { $0 == " " } }.joined(separator: " | ")
    }
    for line in printed { #expect(Self.map.contains(line), "new or changed: \(line)") }
    for line in Self.map { #expect(printed.contains(line), "gone or changed: \(line)") }
    #expect(printed == Self.map)
  }

  /// Whatever it is, who is logged out gets no further than the log-in.
  @Test func whatIsForWhoIsLoggedIn() async throws {
    try await TestServer.with { server in
      for line in Features.lines where line.audience != .anyone {
        let path = line.path.replacing(/{\w+}/, with: "1")
        let method = HTTPMethod(rawValue: line.method.rawValue)
        let page = try await Browser(server).send(method, path)
        #expect(page.status == 401 || page.location?.hasPrefix("/login") == true, "\(method) \(path)")
        let fragment = try await Browser(server).send(method, path, HTTPHeaders([("HX-Request", "true")]))
        #expect(fragment.status == 401, "\(method) \(path)")
      }
    }
  }

  /// What no handler reads is not held against who sends it.
  @Test func everyFormHasItsBound() async throws {
    try await TestServer.with { server in
      let ada = try await server.people("Ada", "Ben")[0]
      try await server.database.writer.write { try Ownership.give(to: ada.id, in: $0) }
      for line in Features.lines where line.path != "/logout" {
        let bytes: Int
        switch line.body {
        case .none: continue
        case .form(let most): bytes = most
        case .files(let form): bytes = form.textBytes
        }
        let path = line.path.replacing(/{\w+}/, with: "2")
        let form = "x=" + String(repeating: "a", count: bytes)
        #expect(try await ada.browser.post(path, form: form).status == 413, "\(path)")
      }
    }
  }
}
