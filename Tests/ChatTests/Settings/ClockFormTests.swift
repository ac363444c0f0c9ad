import Testing

@testable import Chat

/// The form for time zone and clock, and what a browser says of itself.
@Suite struct ClockFormTests {
  private static let twelve = "name=\"hours\" value=\"12\" checked"
  private static let twentyFour = "name=\"hours\" value=\"24\" checked"

  private func clock(of person: Person) async throws -> [String] {
    let clock = try await person.server.database.read { try Clock.of(person.id, in: $0) }
    return [clock.zone?.text ?? "", clock.hours.map { String($0.rawValue) } ?? ""]
  }

  @Test func savedAndShown() async throws {
    try await TestServer.with { server in
      let ada = try await server.person("Ada")
      let first = try await ada.browser.get("/settings")
      #expect(first.contains("name=\"timeZone\" value=\"\"") && first.contains(Self.twentyFour))
      #expect(first.contains("<option value=\"Europe/Berlin\">") && !first.contains("data-hours"))
      let saved = try await ada.browser.post(
        "/settings/clock", ["timeZone": "new york", "hours": "12"])
      #expect(saved.status == 303 && saved.location == "/settings?saved=clock-form")
      let page = try await ada.browser.get("/settings?saved=clock-form")
      #expect(page.contains("Your time zone and clock are saved.") && page.contains(Self.twelve))
      #expect(page.contains("value=\"America/New_York\" list=") && page.contains("data-hours=\"12\""))
      for path in ["/", "/profile", "/shortcuts", "/settings/data"] {
        #expect(try await ada.browser.get(path).contains("data-hours=\"12\""), "\(path)")
      }
      let fragment = try await ada.browser.post(
        "/settings/clock", ["timeZone": " ", "hours": "24"], ["HX-Request": "true"])
      #expect(fragment.status == 200 && !fragment.contains("<html") && fragment.contains(Self.twentyFour))
      #expect(try await clock(of: ada) == ["", "24"])
    }
  }

  @Test func refusals() async throws {
    try await TestServer.with { server in
      let ada = try await server.person("Ada")
      _ = try await ada.browser.post("/settings/clock", ["timeZone": "Asia/Tokyo", "hours": "24"])
      for headers in [[:], ["HX-Request": "true"]] as [KeyValuePairs<String, String>] {
        let zone = try await ada.browser.post(
          "/settings/clock", ["timeZone": "Atlantis \"<b>", "hours": "12"], headers)
        #expect(zone.status == 422 && zone.contains("There is no time zone of that name."))
        #expect(zone.contains("aria-describedby=\"time-zone-error time-zone-hint\""))
        #expect(zone.contains("value=\"Atlantis &quot;&lt;b&gt;\"") && zone.contains(Self.twelve))
        #expect(!zone.contains("hours-error"))
        let hours = try await ada.browser.post(
          "/settings/clock", ["timeZone": "Europe/Oslo", "hours": "13"], headers)
        #expect(hours.status == 422 && hours.contains("Choose 24 or 12 hours."))
        #expect(hours.contains("aria-describedby=\"hours-error\"") && !hours.contains("time-zone-error"))
        #expect(hours.contains("value=\"Europe/Oslo\" list="))
      }
      #expect(try await ada.browser.post("/settings/clock", [:]).status == 422)
      #expect(try await clock(of: ada) == ["Asia/Tokyo", "24"])
    }
  }

  @Test func aGuessCountsUntilSomethingIsChosen() async throws {
    try await TestServer.with { server in
      let people = try await server.people("Ada", "Ben", "Eve")
      let ada = people[0]
      let guess = try await ada.browser.post(
        "/settings/clock", ["guess": "1", "timeZone": "Asia/Calcutta", "hours": "12"])
      #expect(guess.status == 204)
      #expect(try await clock(of: ada) == ["Asia/Calcutta", "12"])
      #expect(try await ada.browser.get("/").contains("data-hours=\"12\""))
      // Another browser of hers, abroad, changes nothing.
      let form: KeyValuePairs = ["guess": "1", "timeZone": "Europe/Oslo", "hours": "24"]
      #expect(try await ada.browser.post("/settings/clock", form).status == 204)
      #expect(try await clock(of: ada) == ["Asia/Calcutta", "12"])
      // What was chosen stays, also where that is no zone.
      _ = try await people[1].browser.post("/settings/clock", ["timeZone": "", "hours": "24"])
      _ = try await people[1].browser.post("/settings/clock", form)
      #expect(try await clock(of: people[1]) == ["", "24"])
      // A zone that the server does not know is not asked for again.
      let unknown: KeyValuePairs = ["guess": "1", "timeZone": "Mars/Olympus", "hours": "12"]
      #expect(try await people[2].browser.post("/settings/clock", unknown).status == 204)
      #expect(try await clock(of: people[2]) == ["", "12"])
    }
  }

  @Test(arguments: ["", "13", "12 ", "twelve"]) func noGuess(hours: String) async throws {
    try await TestServer.with { server in
      let ada = try await server.person("Ada")
      let answer = try await ada.browser.post(
        "/settings/clock", ["guess": "1", "timeZone": "Europe/Oslo", "hours": hours])
      #expect(answer.status == 400)
      #expect(try await clock(of: ada) == ["", ""])
    }
  }

  @Test func tooManyChanges() async throws {
    try await TestServer.with(.init(hasRateLimits: true)) { server in
      let people = try await server.people("Ada", "Ben")
      let form: KeyValuePairs = ["timeZone": "Europe/Oslo", "hours": "24"]
      let page = try await people[0].browser.post(
        "/settings/clock", ["timeZone": "UTC", "hours": "12"], afterTooMany: form)
      #expect(page.status == 429 && page.header("Retry-After") != nil)
      #expect(page.contains("That was a lot of changes."))
      #expect(try await clock(of: people[0]) == ["Europe/Oslo", "24"])
      #expect(try await people[1].browser.post("/settings/clock", form).status == 303)
    }
  }

  @Test func othersCannotSetItOff() async throws {
    try await TestServer.with { server in
      let ada = try await server.person("Ada")
      for form in [["hours": "12"], ["hours": "12", "guess": "1"]] as [KeyValuePairs<String, String>] {
        for headers in [["Sec-Fetch-Site": "cross-site"], ["Origin": "https://evil.example"]]
          as [KeyValuePairs]
        {
          #expect(try await ada.browser.post("/settings/clock", form, headers).status == 403)
        }
        let stranger = try await Browser(server).post("/settings/clock", form)
        #expect(stranger.location?.hasPrefix("/login") == true)
      }
      #expect(try await ada.browser.get("/settings/clock").status == 405)
      #expect(try await clock(of: ada) == ["", ""])
    }
  }
}
