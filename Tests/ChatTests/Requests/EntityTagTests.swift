import Testing

@testable import Chat

/// Pages that a browser has already are answered by 304, and never when they would show anything else now.
@Suite struct EntityTagTests {
  @Test(arguments: ["", "gzip"])
  func whatHasNotChanged(encoding: String) async throws {
    try await TestServer.with { server in
      let people = try await server.people("Ada", "Ben")
      let (ada, ben) = (people[0], people[1])
      try await ben.write("Hello", to: ada)
      _ = try await ada.page(with: ben)
      for path in ["/", "/?find=b", "/conversations/1", "/conversations/1?before=9"] {
        let first = try await ada.browser.get(path, ["Accept-Encoding": encoding])
        let tag = try #require(first.header("ETag"))
        #expect(tag.hasPrefix("W/\"") && first.status == 200)
        // What is looked for stands in the page, so that one is not compressed.
        let isPlain = encoding.isEmpty || path.contains("find")
        #expect(first.header("Content-Encoding") == (isPlain ? nil : "gzip"))
        let again = try await ada.browser.get(path, ["Accept-Encoding": encoding])
        #expect(again.bytes == first.bytes && again.header("ETag") == tag)
        for known in [tag, "\"x\", \(tag)", String(tag.dropFirst(2)), "*"] {
          let answer = try await ada.browser.get(
            path, ["Accept-Encoding": encoding, "If-None-Match": known])
          #expect(answer.status == 304 && answer.bytes.isEmpty, "\(path) \(known)")
          // What a browser lays over the page that it has.
          for header in ["ETag", "Cache-Control", "Vary", "Content-Security-Policy", "Referrer-Policy"] {
            #expect(answer.header(header) == first.header(header), "\(header)")
          }
          #expect(answer.header("Content-Encoding") == nil && answer.header("Content-Type") == nil)
        }
        #expect(first.header("Cache-Control") == "private, no-cache")
        let other = try await ada.browser.get(path, ["If-None-Match": "W/\"x\", \"y\""])
        #expect(other.status == 200)
      }
    }
  }

  /// A page of `viewer` that is looked at again and again.
  private final class Watch {
    let viewer: Person
    let path: String
    private var last: Answer

    init(_ viewer: Person, _ path: String) async throws {
      (self.viewer, self.path) = (viewer, path)
      // The second one shows nothing new any more.
      _ = try await viewer.browser.get(path)
      last = try await viewer.browser.get(path)
    }

    /// Expects that the browser gets another page than it had, as someone without one does.
    func changes(_ what: String, sourceLocation: SourceLocation = #_sourceLocation) async throws {
      let tag = try #require(last.header("ETag"), sourceLocation: sourceLocation)
      let next = try await viewer.browser.get(path, ["If-None-Match": tag])
      #expect(next.status == 200 && next.bytes != last.bytes, "\(what)", sourceLocation: sourceLocation)
      _ = try await viewer.browser.get(path)
      last = try await viewer.browser.get(path)
    }

    func stays(_ what: String, sourceLocation: SourceLocation = #_sourceLocation) async throws {
      let tag = try #require(last.header("ETag"), sourceLocation: sourceLocation)
      let next = try await viewer.browser.get(path, ["If-None-Match": tag])
      #expect(next.status == 304, "\(what)", sourceLocation: sourceLocation)
      let whole = try await viewer.browser.get(path)
      #expect(whole.bytes == last.bytes, "\(what)", sourceLocation: sourceLocation)
    }
  }

  @Test func everythingThatAPageShows() async throws {
    try await TestServer.with(.init(deletionDelay: 0)) { server in
      let people = try await server.people("Ada", "Ben", "Cem", "Dan")
      let (ada, ben, cem, dan) = (people[0], people[1], people[2], people[3])
      let streams = [
        try await ben.browser.events(), try await cem.browser.events(), try await dan.browser.events(),
      ]
      _ = try await ben.send([("a.png", TinyImage.png())], text: "Hello", to: ada)
      let page = try await Watch(ada, "/conversations/1")
      try await page.stays("nothing happened")
      try await cem.write("elsewhere", to: dan)
      _ = try await dan.browser.post("/conversations/2/read", ["message": "2"])
      try await page.stays("others talk elsewhere")
      try await ben.write("here", to: ada)
      try await page.changes("a message")
      try await cem.write("to you", to: ada)
      try await page.changes("a row with a message and a count")
      _ = try await ada.browser.get("/people/\(cem.id)")
      _ = try await ada.page(with: cem)
      try await page.changes("the count is read")
      _ = try await ben.browser.post("/profile", ["fullName": "Benjamin"])
      try await page.changes("another name")
      let image = try #require(try await ada.browser.get(page.path).uploads.first)
      try await server.database.writer.write { try Attachment.note(image, isMissing: true, at: 1, in: $0) }
      try await page.changes("an image is gone")
      _ = try await ada.browser.post("/settings", ["theme": "dark"])
      try await page.changes("a theme")
      for clock in [("Asia/Tokyo", "24"), ("Asia/Tokyo", "12"), ("America/Lima", "12")] {
        _ = try await ada.browser.post("/settings/clock", ["timeZone": clock.0, "hours": clock.1])
        try await page.changes("another clock")
      }
      _ = try await ada.browser.post("/profile", ["fullName": "Ada Lovelace"])
      try await page.changes("one's own name")
      _ = try await server.person("Eve")
      try await page.changes("someone new")
      try await ben.delete()
      try await server.deletionsDone()
      try await page.changes("someone is gone")
      try await page.stays("nothing happens any more")
      #expect(streams.count { !$0.hasEnded } == 2)
    }
  }

  @Test func presence() async throws {
    try await TestServer.with { server in
      let people = try await server.people("Ada", "Ben")
      let (ada, ben) = (people[0], people[1])
      let page = try await Watch(ada, "/people/\(ben.id)")
      let stream = try await ben.browser.events()
      try await page.changes("online")
      try await page.stays("still online")
      for person in [ben, ada] {
        _ = try await person.browser.post("/settings/privacy", [:])
        try await page.changes("\(person.name) hides")
        _ = try await person.browser.post("/settings/privacy", ["presence": "1"])
        try await page.changes("\(person.name) shows again")
      }
      stream.close()
      try await eventually("he is offline", within: .seconds(20)) {
        !server.app.board.people(seenBy: ada.id).users.contains(ben.id)
      }
      try await page.changes("last seen")
    }
  }

  @Test func nobodyElsesAndNotAfterTheEnd() async throws {
    try await TestServer.with { server in
      let people = try await server.people("Ada", "Ben")
      let (ada, ben) = (people[0], people[1])
      try await ada.write("A secret", to: ben)
      // What he has read is written down before his next page is made.
      for _ in 0..<2 { _ = try await ben.page(with: ada) }
      let page = try await ada.page(with: ben)
      let known = ["If-None-Match": try #require(page.header("ETag"))] as KeyValuePairs
      let other = try await ben.browser.get("/conversations/1", known)
      #expect(other.status == 200 && other.bytes != page.bytes)
      let copy = ada.browser.copy()
      #expect(try await copy.get("/conversations/1", known).status == 304)
      _ = try await ada.browser.post("/logout", [:])
      for headers in [known, [:], ["If-None-Match": "*"]] as [KeyValuePairs<String, String>] {
        let answer = try await copy.get("/conversations/1", headers)
        #expect(answer.status == 303 && !answer.contains("A secret"))
        #expect(answer.location?.hasPrefix("/login") == true)
      }
    }
  }

  @Test func noFormIsAnsweredByIt() async throws {
    try await TestServer.with { server in
      let people = try await server.people("Ada", "Ben")
      try await people[0].write("Hello", to: people[1])
      let refused = try await people[0].browser.post(
        "/conversations/1/messages", ["text": ""], ["If-None-Match": "*"])
      #expect(refused.status == 422 && refused.header("ETag") == nil)
      let fragment = try await people[0].browser.get(
        "/", ["HX-Request": "true", "HX-Target": "rows", "If-None-Match": "*"])
      #expect(fragment.status == 200 && fragment.header("ETag") == nil)
      let head = try await people[0].browser.send(.HEAD, "/")
      #expect(head.status == 200 && head.bytes.isEmpty && head.header("ETag") != nil)
    }
  }
}
