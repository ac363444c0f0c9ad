import Testing

@testable import Chat

/// Times by the viewer's clock in pages, and in UTC in what is pushed.
@Suite struct ClockPagesTests {
  private static let utc = "<span class=\"no-script\"> UTC</span>"

  private func times(_ html: HTML) -> [String] {
    html.articles.compactMap {
      $0.first("<time class=\"at\" datetime=\"", "</time>")?.after(">")?.description
    }
  }

  private func setTimes(_ server: TestServer, _ times: [Int64]) async throws {
    try await server.database.writer.write { db in
      for (index, time) in times.enumerated() {
        try db.execute(sql: "UPDATE message SET created_at = ? WHERE id = ?", arguments: [time, index + 1])
      }
    }
  }

  private func choose(_ zone: String, _ hours: String, _ person: Person) async throws {
    let answer = try await person.browser.post("/settings/clock", ["timeZone": zone, "hours": hours])
    #expect(answer.status == 303)
  }

  @Test func everyPage() async throws {
    let folder = TestServer.newFolder()
    let kept = People()
    try await TestServer.with(folder: folder) { server in
      let people = try await server.people("Ada", "Ben")
      kept.keep(people)
      let (ada, ben) = (people[0], people[1])
      try await ada.write("Late", to: ben)
      try await ada.write("Early", to: ben)
      // 22:13 and 23:30 in UTC, the last of it on another day in Helsinki.
      try await setTimes(server, [1_700_000_000_000, 1_700_004_600_000])
      try await server.database.writer.write {
        try $0.execute(
          sql: "UPDATE user SET last_seen_at = 1700000000000, created_at = 1700000000000 WHERE id = ?",
          arguments: [ada.id])
      }
    }
    try await TestServer.with(folder: folder) { server in
      let people = kept.all.map { $0.at(server) }
      let (ada, ben) = (people[0], people[1])
      let plain = try await ben.page(with: ada)
      #expect(times(plain.html) == ["22:13" + Self.utc, "23:30" + Self.utc])
      #expect(plain.contains("data-format=\"seen\">2023-11-14 22:13 UTC</time>"))
      #expect(plain.contains("2023-11-14" + Self.utc) && plain.html.count(of: "<p class=\"day\">") == 1)

      try await choose("Europe/Helsinki", "12", ben)
      let page = try await ben.page(with: ada)
      #expect(times(page.html) == ["12:13 am", "1:30 am"])
      #expect(page.contains("<time datetime=\"2023-11-15\">Wednesday 15 November 2023</time>"))
      #expect(page.contains("data-format=\"seen\">2023-11-15 12:13 am</time>"))
      #expect(!page.contains("UTC") && page.contains("datetime=\"2023-11-14T22:13:20.000Z\""))
      #expect(page.html.row("u\(ada.id)")?.contains(">2023-11-15</time>") == true)
      let rows = try await ben.browser.get("/", ["HX-Request": "true", "HX-Target": "rows"])
      #expect(rows.contains(">2023-11-15</time>") && !rows.contains("UTC"))
      let older = try await ben.browser.get(
        "/conversations/1?before=2", ["HX-Request": "true", "HX-Target": "older"])
      #expect(times(older.html) == ["12:13 am"])
      // Ada's are her own.
      #expect(times(try await ada.page(with: ben).html) == ["22:13" + Self.utc, "23:30" + Self.utc])
      try await choose("Europe/Helsinki", "24", ada)
      #expect(times(try await ada.page(with: ben).html) == ["00:13", "01:30"])
      #expect(try await ada.browser.get("/profile").contains("Wednesday 15 November 2023"))
    }
  }

  /// On the same day by the viewer's clock the list shows the time of day.
  @Test func theListToday() async throws {
    try await TestServer.with { server in
      let people = try await server.people("Ada", "Ben")
      try await choose("Asia/Tokyo", "12", people[1])
      try await people[0].write("Now", to: people[1])
      let row = try #require(try await people[1].browser.get("/").html.row("u\(people[0].id)"))
      let time = try #require(row.first("<time class=\"when\"", "</time>")?.after(">")).description
      #expect(time.wholeMatch(of: /1?\d:\d\d [ap]m/) != nil, "\(time)")
    }
  }

  @Test func whatIsPushedIsInUTC() async throws {
    try await TestServer.with { server in
      let people = try await server.people("Ada", "Ben")
      for person in people { try await choose("Asia/Tokyo", "12", person) }
      let stream = try await people[1].events()
      let answer = try await people[0].browser.post(
        "/people/\(people[1].id)/messages", ["text": "Hello"], ["HX-Request": "true"])
      let pushed = try await stream.message("Hello")
      #expect(pushed.html.articles == answer.html.articles)
      for time in times(pushed.html) + times(answer.html) {
        #expect(time.hasSuffix(Self.utc) && !time.contains("m<"))
      }
    }
  }
}
