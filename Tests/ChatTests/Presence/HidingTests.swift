import GRDB
import Testing

@testable import Chat

/// Who hides is online to nobody, and nobody is to them: on every page and every stream.
@Suite struct HidingTests {
  private static let refused =
    "You are hiding when you are online, so you cannot see who else is. <a href=\"/settings#privacy\">"
  private static let noCount = "<span id=\"online-count\" class=\"quiet\"></span>"

  /// What the last presence event of `stream` about `person` says.
  private func told(_ stream: EventStream, of person: Person) -> String? {
    stream.events.filter { $0.name == "presence" }.compactMap {
      $0.html.first("[data-presence='\(person.id)']\">", "</span>")?.description
    }.last
  }

  private func setPresence(_ shown: Bool, of person: Person) async throws {
    let answer = try await person.browser.post("/settings/privacy", shown ? ["presence": "1"] : [:])
    #expect(answer.status == 303)
  }

  /// Returns when all that was offered to the stream before has come.
  private func settle(_ person: Person, _ stream: EventStream, from other: Person, _ text: String)
    async throws
  {
    try await other.write(text, to: person)
    _ = try await stream.message(text)
  }

  @Test func itHoldsEverywhereAtOnce() async throws {
    try await TestServer.with { server in
      let people = try await server.people("Ada", "Ben", "Eve")
      let (ada, ben, eve) = (people[0], people[1], people[2])
      try await ada.write("Hello", to: ben)
      let mine = try await ada.events()
      let theirs = try await ben.events()
      _ = try await theirs.first("online") { _ in told(theirs, of: ada) == "online" }
      _ = try await mine.first("online") { _ in told(mine, of: ben) == "online" }
      #expect(try await ben.page(with: ada).html.presence == "online")

      try await setPresence(false, of: ada)
      _ = try await theirs.first("offline") { _ in told(theirs, of: ada) == "" }
      let clearing = try await mine.first("nobody") {
        $0.html.first("[data-presence]\">", "</span>") == HTML("")
      }
      #expect(clearing.name == "presence" && clearing.id == nil)
      #expect(clearing.data.contains("[data-last-seen]") && clearing.data.contains("#online-count"))
      _ = try await theirs.first("the count") {
        $0.name == "count" && $0.data.contains(">0 online<")
      }
      // Their pages.
      for path in ["/", "/conversations/1", "/?find=ada"] {
        let page = try await ben.browser.get(path)
        #expect(page.html.row("u\(ada.id)")?.presence == "" && page.contains(">0 online<"), "\(path)")
      }
      let heading = try #require(try await ben.page(with: ada).html.first("<p class=\"status\">", "</p>"))
      #expect(!heading.contains("online<") && !heading.contains("last seen"))
      let nobody = try await ben.browser.get("/?online=1")
      #expect(nobody.html.rows.isEmpty && nobody.contains("Nobody is online."))
      // Her pages.
      for path in ["/", "/conversations/1", "/people/\(eve.id)"] {
        let page = try await ada.browser.get(path)
        #expect(page.html.rows.map(\.presence) == ["", ""] && page.contains(Self.noCount), "\(path)")
        #expect(!page.contains(">online<") && !page.contains("last seen"))
      }
      for path in ["/?online=1", "/?online=1&find=ben"] {
        let page = try await ada.browser.get(path)
        #expect(page.html.rows.isEmpty && page.contains(Self.refused), "\(path)")
      }
      #expect(try await ada.browser.get("/?find=ben").html.names == ["Ben"])
      #expect(!theirs.hasEnded && !mine.hasEnded)
    }
  }

  @Test func rowsThatArePushedAnsweredAndReplayed() async throws {
    try await TestServer.with { server in
      let people = try await server.people("Ada", "Ben")
      let (ada, ben) = (people[0], people[1])
      let streams = [try await ada.events(), try await ben.events()]
      try await setPresence(false, of: ada)
      for (sender, other) in [(ada, ben), (ben, ada)] {
        let text = "From \(sender.name)"
        let answer = try await sender.browser.post(
          "/people/\(other.id)/messages", ["text": text], ["HX-Request": "true"])
        #expect(answer.html.rows.map(\.presence) == [""])
        for stream in streams {
          #expect(try await stream.message(text).html.rows.map(\.presence) == [""])
        }
      }
      for person in people {
        let replay = try await person.browser.events(after: 0)
        let last = try await replay.message("From Ben")
        #expect(last.html.rows.map(\.presence) == [""])
        #expect(!replay.events.contains { $0.data.contains(">online<") })
      }
      try await setPresence(true, of: ada)
      try await ben.write("Welcome back", to: ada)
      for stream in streams {
        #expect(try await stream.message("Welcome back").html.rows.map(\.presence) == ["online"])
      }
    }
  }

  @Test func nobodyIsShownToWhoHides() async throws {
    try await TestServer.with { server in
      let people = try await server.people("Ada", "Ben", "Eve")
      let (ada, ben, eve) = (people[0], people[1], people[2])
      try await setPresence(false, of: ada)
      try await ben.write("Hello", to: ada)
      let mine = try await ada.events()
      let witness = try await eve.events()
      let stream = try await ben.events()
      _ = try await witness.first("online") { _ in told(witness, of: ben) == "online" }
      _ = try await witness.first("the count") {
        $0.name == "count" && $0.data.contains(">1 online<")
      }
      let zoe = try await server.signUp("Zoe")
      let row = try await mine.first("the new row") { $0.html.row("u\(zoe.id)") != nil }
      #expect(row.html.rows.map(\.presence) == [""])
      _ = try await zoe.browser.get("/")
      try await settle(ada, mine, from: ben, "Now all is there")
      #expect(!mine.events.contains { $0.name == "count" || $0.data.contains(">online<") })
      #expect(told(mine, of: ben) == nil && told(witness, of: ada) == "")
      #expect(!stream.hasEnded)
    }
  }

  /// As many are online after both as before: what the newcomer was told first must not stay.
  @Test func oneHidesAsAnotherComes() async throws {
    try await TestServer.with { server in
      let people = try await server.people("Ada", "Ben", "Eve")
      let (ada, ben, eve) = (people[0], people[1], people[2])
      let mine = try await ada.events()
      let theirs = try await ben.events()
      for stream in [mine, theirs] {
        _ = try await stream.first("the count") { $0.data.contains(">1 online<") }
      }
      let newcomer = try await eve.events()
      try await setPresence(false, of: ada)
      _ = try await newcomer.first("who was there") { $0.data.contains(">2 online<") }
      _ = try await newcomer.first("who is") { $0.data.contains(">1 online<") }
      #expect(!theirs.hasEnded && !mine.hasEnded)
    }
  }

  @Test func backAgain() async throws {
    try await TestServer.with { server in
      let people = try await server.people("Ada", "Ben")
      let (ada, ben) = (people[0], people[1])
      try await setPresence(false, of: ada)
      let mine = try await ada.events()
      let theirs = try await ben.events()
      _ = try await theirs.first("offline") { _ in told(theirs, of: ada) == "" }
      try await setPresence(true, of: ada)
      _ = try await theirs.first("online") { _ in told(theirs, of: ada) == "online" }
      _ = try await theirs.first("the count") { $0.data.contains(">1 online<") }
      // Her own pages are fetched anew, and have it all.
      _ = try await mine.first("resync") { $0.name == "resync" }
      let page = try await ada.page(with: ben)
      #expect(page.html.presence == "online" && page.contains(">1 online<"))
      #expect(try await ada.browser.get("/?online=1").html.names == ["Ben"])
      #expect(try await ben.browser.get("/?online=1").html.names == ["Ada"])
      try await eventually("it is written down") {
        try await server.database.read {
          try Bool.fetchOne($0, sql: "SELECT is_online FROM user WHERE id = ?", arguments: [ada.id])
        } == true
      }
      #expect(!theirs.hasEnded && !mine.hasEnded)
    }
  }

  @Test func whenSheWasHereLastIsForgotten() async throws {
    let folder = TestServer.newFolder()
    let kept = People()
    try await TestServer.with(folder: folder) { server in
      kept.keep(try await server.people("Ada", "Ben"))
      for person in kept.all { try await wasHere(person) }
    }
    try await TestServer.with(folder: folder) { server in
      let people = kept.all.map { $0.at(server) }
      let (ada, ben) = (people[0], people[1])
      #expect(try await ben.page(with: ada).contains("last seen <time"))
      try await setPresence(false, of: ada)
      for (viewer, other) in [(ada, ben), (ben, ada)] {
        #expect(try await !viewer.page(with: other).contains("last seen"))
      }
      let traces = try await server.database.read {
        try Int.fetchOne(
          $0, sql: "SELECT count(last_seen_at) + sum(is_online) FROM user WHERE id = ?", arguments: [ada.id])
      }
      #expect(traces == 0)
    }
  }

  private func wasHere(_ person: Person) async throws {
    try await person.server.database.writer.write {
      try $0.execute(sql: "UPDATE user SET last_seen_at = 1700000000000 WHERE id = ?", arguments: [person.id])
    }
  }

  @Test func afterARestart() async throws {
    let folder = TestServer.newFolder()
    let kept = People()
    try await TestServer.with(folder: folder) { server in
      let people = try await server.people("Ada", "Ben", "Eve")
      kept.keep(people)
      try await wasHere(people[1])
      let streams = [try await people[0].events(), try await people[2].events()]
      try await setPresence(false, of: people[0])
      #expect(streams.allSatisfy { !$0.hasEnded })
    }
    try await TestServer.with(folder: folder) { server in
      let people = kept.all.map { $0.at(server) }
      let (ada, ben, eve) = (people[0], people[1], people[2])
      let page = try await eve.browser.get("/")
      #expect(page.html.rows.map(\.presence) == ["", ""])
      #expect(try await ben.browser.get("/").html.row("u\(eve.id)")?.presence == "online")
      let mine = try await ada.events()
      #expect(try await eve.browser.get("/?online=1").html.names == ["Ben"])
      #expect(try await ada.browser.get("/").html.rows.map(\.presence) == ["", ""])
      #expect(!mine.events.contains { $0.data.contains(">online<") })
    }
  }

  /// What a page said from the time before the start is not taken away by the stream that follows it.
  @Test func lastSeenSurvivesARestart() async throws {
    let folder = TestServer.newFolder()
    let kept = People()
    try await TestServer.with(folder: folder) { server in
      kept.keep(try await server.people("Ada", "Ben"))
      try await wasHere(kept.all[0])
    }
    try await TestServer.with(folder: folder) { server in
      let people = kept.all.map { $0.at(server) }
      #expect(try await people[1].page(with: people[0]).contains("last seen <time"))
      let stream = try await people[1].events()
      let presence = try await stream.first("presence") { $0.name == "presence" }
      #expect(presence.data.contains("last seen <time datetime=\"2023-11-14T22:13:20.000Z\""))
    }
  }
}
