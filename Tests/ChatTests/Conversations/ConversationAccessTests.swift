import Testing

@testable import Chat

/// Who may see a conversation, and where it is.
@Suite struct ConversationAccessTests {
  /// The first message comes while the page of a person is made: the page counts its event, so it shows it.
  @Test func whileThePageIsMade() async throws {
    try await TestServer.with { server in
      let people = try await server.people("Ada", "Ben")
      let (ada, ben) = (people[0], people[1])
      try await ada.write("Just now", to: ben)
      let view = try await server.database.read { db in
        let viewer = try #require(try User.find(ben.id, in: db))
        let person = try #require(try User.find(ada.id, in: db))
        return try ChatView.load(.person(person), viewer: viewer, question: .init(), online: [], in: db)
      }
      #expect(view.open?.messages.messages.map(\.text) == ["Just now"])
      #expect(view.open?.conversation?.id == 1 && view.open?.unread == 1)
    }
  }

  @Test func beforeAndAfterTheFirstMessage() async throws {
    try await TestServer.with { server in
      let people = try await server.people("Ada", "Ben")
      let before = try await people[0].browser.get("/people/\(people[1].id)")
      #expect(before.status == 200)
      #expect(before.html.after("<main")?.name == HTML("Ben"))
      #expect(before.contains("No messages yet"))
      #expect(before.contains("action=\"/people/\(people[1].id)/messages\""))
      #expect(before.contains("id=\"messages-d\(people[0].id)-\(people[1].id)\""))
      #expect(before.contains("role=\"log\" aria-label=\"Messages\" aria-live=\"off\""))
      let sent = try await people[0].write("Hello", to: people[1])
      #expect(sent.location?.hasPrefix("/conversations/1") == true)
      for (person, other) in [(people[0], people[1]), (people[1], people[0])] {
        let answer = try await person.browser.get("/people/\(other.id)?renew")
        #expect(answer.status == 303)
        #expect(answer.location == "/conversations/1?renew")
        let page = try await person.browser.get("/conversations/1")
        #expect(page.status == 200)
        #expect(page.contains("action=\"/people/\(other.id)/messages\""))
        #expect(page.html.articles.count == 1)
      }
      try await people[0].write("and again", to: people[1])
      let direct = try await people[1].browser.post("/conversations/1/messages", ["text": "both work"])
      #expect(direct.status == 303)
      #expect(try await people[0].page(with: people[1]).html.articles.count == 3)
    }
  }

  @Test func aThirdPersonFindsNothing() async throws {
    try await TestServer.with { server in
      let people = try await server.people("Ada", "Ben", "Eve")
      let eve = people[2].browser
      try await people[0].write("between us", to: people[1])
      let missing = try await eve.get("/conversations/99")
      #expect(missing.status == 404)
      for path in ["/conversations/1", "/conversations/1?before=9", "/conversations/1?around=1"] {
        let answer = try await eve.get(path)
        #expect(answer.status == 404)
        #expect(answer.bytes == missing.bytes)
      }
      #expect(try await eve.post("/conversations/1/read", ["message": "1"]).status == 404)
      #expect(try await eve.get("/conversations/1", ["HX-Request": "true"]).status == 404)
      #expect(try await people[0].page(with: people[1]).html.articles.count == 1)
      #expect(try await !eve.get("/").contains("between us"))
    }
  }

  /// Nor learns what is wrong with a message to it, which would say that it exists.
  @Test(arguments: [false, true]) func aThirdPersonSendsNothing(isLimited: Bool) async throws {
    try await TestServer.with(TestServer.Wishes(hasRateLimits: isLimited)) { server in
      let people = try await server.people("Ada", "Ben", "Eve")
      let eve = people[2].browser
      try await people[0].write("between us", to: people[1])
      let pictured = MultipartBody(["text": "me too"]).adding("images", file: "a.png", TinyImage.png())
      for round in 0..<(isLimited ? 40 : 1) {
        for headers in [[:], ["HX-Request": "true"]] as [KeyValuePairs<String, String>] {
          for text in ["me too", "", String(repeating: "a", count: 5_001)] {
            let theirs = try await eve.post("/conversations/1/messages", ["text": text], headers)
            let none = try await eve.post("/conversations/99/messages", ["text": text], headers)
            #expect(theirs.status == 404 && none.status == 404, "\(round)")
            #expect(theirs.bytes == none.bytes)
          }
          for id in [1, 99] {
            let answer = try await eve.post("/conversations/\(id)/messages", pictured, headers)
            #expect(answer.status == 404)
          }
        }
      }
      #expect(server.uploadedFiles.isEmpty)
      #expect(try await people[0].page(with: people[1]).html.articles.count == 1)
    }
  }

  @Test func addressesThatLeadNowhere() async throws {
    try await TestServer.with { server in
      let people = try await server.people("Ada", "Ben")
      let me = people[0]
      let paths = [
        "/people/\(me.id)", "/people/999", "/people/0", "/people/-1", "/people/x", "/people/1x",
        "/people/99999999999999999999", "/conversations/0", "/conversations/x", "/conversations/-1",
        "/people", "/conversations", "/people/2/nothing", "/nothing", "/uploads/x",
      ]
      for path in paths {
        let answer = try await me.browser.get(path)
        #expect(answer.status == 404, "\(path)")
        #expect(answer.contains("Nothing here"))
      }
      for path in ["/people/\(me.id)/messages", "/people/999/messages", "/conversations/9/messages"] {
        var pictured = MultipartBody(["text": "Look"])
        pictured.add("images", file: "a.txt", Array("no image".utf8), type: "text/plain")
        #expect(try await me.browser.post(path, pictured).status == 404, "\(path)")
        // Nobody is told what is wrong with a message to nowhere.
        for text in ["Hello", ""] {
          #expect(try await me.browser.post(path, ["text": text]).status == 404, "\(path)")
          let fragment = try await me.browser.post(path, ["text": text], ["HX-Request": "true"])
          #expect(fragment.status == 404 && !fragment.contains("composer"), "\(path)")
        }
      }
      for path in ["/people/\(me.id)/read", "/people/999/read", "/conversations/9/read"] {
        #expect(try await me.browser.post(path, ["message": "1"]).status == 404, "\(path)")
      }
    }
  }

  @Test func signedOut() async throws {
    try await TestServer.with { server in
      let people = try await server.people("Ada", "Ben")
      try await people[0].write("between us", to: people[1])
      let nobody = Browser(server)
      for path in ["/", "/people/2", "/conversations/1", "/conversations/99"] {
        let answer = try await nobody.get(path)
        #expect(answer.status == 303)
        #expect(answer.location?.hasPrefix("/login") == true)
        #expect(try await nobody.get(path, ["HX-Request": "true"]).status == 401)
      }
      #expect(try await nobody.get("/events").status == 401)
      #expect(try await nobody.post("/people/2/messages", ["text": "Hello"]).status == 303)
      let quick = try await nobody.post(
        "/people/2/messages", ["text": "Hello"], ["HX-Request": "true"])
      #expect(quick.status == 401)
      #expect(try await people[0].page(with: people[1]).html.articles.count == 1)
    }
  }
}
