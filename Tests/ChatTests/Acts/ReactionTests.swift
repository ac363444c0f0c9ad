import GRDB
import Testing

@testable import Chat

/// What people react to a message with.
@Suite struct ReactionTests {
  @Test(arguments: [
    ("👍", "👍"), ("👍🏽", "👍"), ("❤", "❤️"), ("❤️", "❤️"), ("❤\u{FE0E}", "❤️"), (" 🎉\n", "🎉"),
    ("👩🏾‍🚀", "👩‍🚀"), ("🏴󠁧󠁢󠁥󠁮󠁧󠁿", "🏴󠁧󠁢󠁥󠁮󠁧󠁿"), ("🇸🇪", "🇸🇪"), ("3️⃣", "3️⃣"), ("❤️‍🔥", "❤️‍🔥"), ("🏳️‍🌈", "🏳️‍🌈"), ("👩🏽‍🤝‍👩🏿", "👭"), ("👨‍👩‍👧‍👦", "👨‍👩‍👧‍👦"),
    ("🧜🏻‍♀️", "🧜‍♀️"), ("👩‍❤️‍💋‍👨", "👩‍❤️‍💋‍👨"), ("🏃‍♀️‍➡️", "🏃‍♀️‍➡️"), ("🐈‍⬛", "🐈‍⬛"), ("🇪🇺", "🇪🇺"), ("☝🏿", "☝️"), ("🫱🏻‍🫲🏿", "🤝"),
    ("🧑🏻‍❤️‍🧑🏼", "💑"), ("🧑🏿‍❤️‍💋‍🧑🏻", "💏"), ("👨🏻‍🤝‍👨🏿", "👬"), ("🧑🏻‍🤝‍🧑🏿", "🧑‍🤝‍🧑"), ("🧑‍🧑‍🧒‍🧒", "🧑‍🧑‍🧒‍🧒"), ("👩‍👦", "👩‍👦"),
  ])
  func oneEmoji(typed: String, shown: String) throws {
    let emoji = try #require(ReactionEmoji(typed))
    #expect(emoji.shown.unicodeScalars.elementsEqual(shown.unicodeScalars))
    #expect(ReactionEmoji(emoji.shown) == emoji)
  }

  @Test(arguments: [
    "", " ", "a", "7", "#", "👍👍", "👍a", "🇸", "🏽", "\u{FE0F}", "\u{200D}", "é", "©x", "<b>", "👍\u{0301}",
    String(repeating: "👍", count: 1_000), "a\u{FE0F}", "👍\u{200D}", "\u{200D}👍", "👍\u{200D}❤\u{200D}😂",
    "😀\u{E0068}\u{E0069}",
    "🏴\u{E0078}\u{E007F}", "1\u{0301}\u{20E3}", "🇽🇽", "🦰",
    "🇸 🇪", "👍\u{200B}", "\u{200B}👍", "👨\u{200D}❤\u{200D}👩", "👩\u{200D}👨\u{200D}👦", "👩\u{200D}👦\u{200D}👧",
    "👩\u{200D}🤝\u{200D}🧑",
  ])
  func nothingElse(typed: String) { #expect(ReactionEmoji(typed) == nil) }

  @Test func joinAndTakeBack() async throws {
    try await TestServer.with { server in
      let people = try await server.people("Ada", "Ben")
      let (ada, ben) = (people[0], people[1])
      try await ada.write("Sun!", to: ben)
      let id = try await ada.newestMessage(with: ben)
      let stream = try await ada.events()
      #expect(try await ben.act("reactions", on: id, ["emoji": "👍🏽"]).location == "/messages/\(id)")
      let told = try await stream.first("the reaction") { $0.data.contains("reactions-\(id)") }
      #expect(
        told.id == nil && told.data.contains("title=\"Ben\"") && told.data.contains("data-by=\"\(ben.id)\""))
      let joined = try await ada.act("reactions", on: id, ["emoji": "👍"], asFragment: true)
      #expect(joined.contains("<span>2</span>") && joined.contains("title=\"Ben and Ada\""))
      #expect(try await ben.article(id).contains("data-by=\"\(ben.id) \(ada.id)\""))
      // It is nothing unread, and no new line in the list.
      #expect(try await ada.browser.get("/").html.row("u\(ben.id)")?.unread == "")
      try await ben.act("reactions", on: id, ["emoji": "👍"])
      try await ada.act("reactions", on: id, ["emoji": "👍"])
      #expect(!(try await ada.article(id).contains("class=\"reaction\"")))
      // Who comes back is told by the log.
      let again = try await ben.browser.events(after: 0)
      _ = try await again.first("the reactions as they are") {
        $0.id != nil && $0.data.contains("id=\"reactions-\(id)\"></div>")
      }
    }
  }

  @Test func refused() async throws {
    try await TestServer.with { server in
      let people = try await server.people("Ada", "Ben")
      try await people[0].write("Sun!", to: people[1])
      let id = try await people[0].newestMessage(with: people[1])
      for wrong in ["", "no", "👍👍", "<script>"] {
        let answer = try await people[1].act("reactions", on: id, ["emoji": wrong])
        #expect(answer.status == 422 && answer.contains("That is not one emoji. Choose one."))
      }
      let emoji = (0..<21).map { String(Unicode.Scalar(0x1F600 + UInt32($0)) ?? "x") }
      for each in emoji.prefix(20) {
        #expect(try await people[1].act("reactions", on: id, ["emoji": each]).status == 303)
      }
      let last = try await people[0].act("reactions", on: id, ["emoji": emoji[20]])
      #expect(last.status == 422 && last.contains("20 kinds of reactions"))
      #expect(try await people[0].act("reactions", on: id, ["emoji": emoji[0]]).status == 303)
    }
  }

  /// Many at once are told together, and the last of them stands.
  @Test func manyAtOnce() async throws {
    try await TestServer.with { server in
      let people = try await server.people("Ada", "Ben")
      try await people[0].write("Sun!", to: people[1])
      let id = try await people[0].newestMessage(with: people[1])
      let stream = try await people[0].events()
      let crowd = try await server.crowd(100)
      let start = ContinuousClock.now
      try await server.app.database.writer.write { db in
        for user in crowd {
          try db.execute(
            sql: "INSERT INTO reaction (message_id, emoji, user_id, created_at) VALUES (?, '👍', ?, ?)",
            arguments: [id, user, user])
          try Event.append(
            ReactionsChanged.self, audience: .members(of: 1), subject: id, message: id, at: 1, in: db)
        }
      }
      _ = try await stream.first("all of them") { $0.data.contains("<span>100</span>") }
      let tenths = Int((ContinuousClock.now - start) / .milliseconds(100)) + 2
      let told = stream.events.filter { $0.data.contains("reactions-\(id)") }
      #expect(told.count <= tenths)
      #expect(told.last?.data.contains("and 97 others") == true)
    }
  }
}
