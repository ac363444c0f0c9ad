import Foundation
import GRDB
import Testing

@testable import Chat

/// What becomes of a group as people make it, come, go and change it.
@Suite struct GroupLifeTests {
  @Test func making() async throws {
    try await TestServer.with { server in
      let people = try await server.people("Ada", "Ben", "Cem")
      let group = try await MadeGroup.make("Sunday", by: people[0], with: [people[1], people[1], people[0]])
      #expect(try await group.roles(on: server) == [people[0].id: "administrator", people[1].id: "member"])
      #expect(try await group.lines(people[1]) == ["Ada made this group", "Ada added Ben"])
      let list = try await people[1].browser.get("/")
      #expect(list.contains("Sunday") && list.contains("href=\"\(group.path)\""))
      #expect(try await !people[2].browser.get("/").contains("Sunday"))
      // Of oneself alone.
      let notes = try await MadeGroup.make("Notes", by: people[2])
      #expect(try await notes.write("Milk", by: people[2]).status == 303)
      #expect(try await notes.texts(people[2]) == ["Milk"])
    }
  }

  @Test func linesFoldAndAreNotUnread() async throws {
    try await TestServer.with { server in
      let people = try await server.people("Ada", "Ben", "Cem", "Dan", "Eve")
      let group = try await MadeGroup.make("Club", by: people[0])
      for person in people[1...] { try await group.change("add", [person], by: people[0]) }
      #expect(try await group.lines(people[0]) == ["Ada made this group", "Ada added Ben and 3 others"])
      #expect(try await group.lines(people[4]) == ["Ada added Ben and 3 others"], "one's own coming is seen")
      for person in people[2...3] {
        #expect(try await person.browser.post(group.path + "/leave", [:]).status == 303)
      }
      #expect(try await group.lines(people[0]).last == "Cem and Dan left")
      try await group.change("remove", [people[4]], by: people[0])
      #expect(try await group.lines(people[0]).last == "Ada removed Eve")
      #expect(try await people[0].browser.post(group.path + "/details", ["name": "Cl<b>"]).status == 303)
      #expect(try await group.page(of: people[0]).contains("“Cl&lt;b&gt;”"))
      let list = try await people[1].browser.get("/")
      #expect(!list.contains("class=\"hidden\">unread"))
      try await group.write("Hello", by: people[0])
      #expect(try await people[1].browser.get("/").contains("<b>1</b>"))
    }
  }

  /// Who was away while several came sees one line, and not those that it took the place of.
  @Test func linesFoldInAReplayToo() async throws {
    try await TestServer.with { server in
      let people = try await server.people("Ada", "Ben", "Cem", "Dan")
      let group = try await MadeGroup.make("Club", by: people[0])
      let event = try #require(try await people[0].browser.get("/").html.event)
      try await group.change("add", [people[1]], by: people[0])
      let first = try #require(try await group.page(of: people[0]).html.between("id=\"message-", "\"").last)
      for person in people[2...3] { try await group.change("add", [person], by: people[0]) }
      try await people[1].write("the end", to: people[0])
      let stream = try await people[0].browser.events(after: event)
      _ = try await stream.message("the end")
      let all = stream.events.map(\.html.description).joined()
      #expect(all.contains("delete:#message-\(first)\""))
      #expect(HTML(all).count(of: "class=\"group-line\"") == 1)
    }
  }

  @Test func whatHappenedIsInTheDownload() async throws {
    try await TestServer.with { server in
      let people = try await server.people("Ada", "Ben")
      let group = try await MadeGroup.make("Club", by: people[0], with: [people[1]])
      try await group.write("Hello", by: people[0])
      let archive = try await people[1].download()
      let page = try archive.html("conversations/\(group.id)/1.html").description
      #expect(page.contains("Ada added Ben") && page.contains("Hello"))
      #expect(HTML(page).count(of: "<article") == 1)
    }
  }

  @Test func theNameOfOneWhoIsGoneGoesFromTheLines() async throws {
    try await TestServer.with(.init(deletionDelay: 0)) { server in
      let people = try await server.people("Ada", "Ben")
      let group = try await MadeGroup.make("Club", by: people[0], with: [people[1]])
      try await people[1].delete(keepingMessages: true)
      try await server.deletionsDone()
      #expect(try await group.roles(on: server) == [people[0].id: "administrator"])
      #expect(
        try await group.lines(people[0])
          == ["Ada made this group", "Ada added Deleted account", "Deleted account left"])
    }
  }

  @Test func somebodySeesToTheGroup() async throws {
    try await TestServer.with { server in
      let people = try await server.people("Ada", "Ben", "Cem")
      let group = try await MadeGroup.make("Club", by: people[0], with: [people[2]])
      try await group.change("add", [people[1]], by: people[0])
      // The last one cannot stop being one while others are there: the next in line becomes one.
      #expect(try await group.change("demote", [people[0]], by: people[0]).status == 303)
      #expect(try await group.roles(on: server)[people[2].id] == "administrator")
      try await group.change("promote", [people[0]], by: people[2])
      #expect(try await people[0].browser.post(group.path + "/leave", [:]).location == "/")
      #expect(try await people[2].browser.post(group.path + "/leave", [:]).status == 303)
      #expect(try await group.roles(on: server) == [people[1].id: "administrator"])
    }
  }

  @Test func twoWhoDemoteEachOtherLeaveOne() async throws {
    try await TestServer.with { server in
      for _ in 0..<8 {
        let people = try await server.people("Ada", "Ben", "Cem")
        let group = try await MadeGroup.make("Club", by: people[0], with: [people[1]])
        try await group.change("promote", [people[1]], by: people[0])
        async let one = group.change("demote", [people[1]], by: people[0])
        async let other = group.change("demote", [people[0]], by: people[1])
        #expect(try await Set([one.status, other.status]) == [303, 403])
        #expect(try await group.roles(on: server).values.filter { $0 == "administrator" }.count == 1)
      }
    }
  }

  @Test func addedAndRemovedAtOnceHasOneEnd() async throws {
    try await TestServer.with { server in
      let people = try await server.people("Ada", "Ben", "Cem")
      let group = try await MadeGroup.make("Club", by: people[0], with: [people[1]], access: "open")
      try await group.change("promote", [people[1]], by: people[0])
      for _ in 0..<10 {
        async let one = group.change("add", [people[2]], by: people[0])
        async let two = people[2].browser.post(group.path + "/join", [:])
        async let other = group.change("remove", [people[2]], by: people[1])
        _ = try await (one, two, other)
        let isMember = try await group.roles(on: server)[people[2].id] != nil
        #expect(try await people[2].browser.get(group.path + "/details").status == (isMember ? 200 : 404))
        #expect(try await people[0].browser.get(group.path).contains(isMember ? "3 members" : "2 members"))
      }
    }
  }

  @Test func theLastToLeaveTakesEveryByteAlong() async throws {
    try await TestServer.with { server in
      let people = try await server.people("Ada", "Ben")
      let group = try await MadeGroup.make("Zeppelin", by: people[0], with: [people[1]])
      try await group.write("Quetzalcoatl", by: people[0])
      let image = MultipartBody(["text": ""]).adding("images", file: "a.png", TinyImage.png())
      #expect(try await people[1].browser.post(group.path + "/messages", image).status == 303)
      #expect(server.uploadedFiles.count == 1)
      for person in people {
        #expect(try await person.browser.post(group.path + "/leave", [:]).status == 303)
      }
      try await eventually("the group is gone") {
        try await server.database.read { try Int.fetchOne($0, sql: "SELECT count(*) FROM conversation") } == 0
      }
      try await eventually("its files are gone") { server.uploadedFiles.isEmpty }
      try await eventually("its bytes are gone") {
        let bytes = try Data(contentsOf: server.folder.appending(path: "nextalk.sqlite"))
        return bytes.range(of: Data("Quetzalcoatl".utf8)) == nil
          && bytes.range(of: Data("eppelin".utf8)) == nil
      }
      for person in people { #expect(try await group.page(of: person).status == 404) }
      #expect(try await people[0].browser.post(group.path + "/join", [:]).status == 404)
    }
  }

  @Test func badInputGetsASentenceAndLosesNoTick() async throws {
    try await TestServer.with { server in
      let people = try await server.people("Ada", "Ben", "Cem")
      let browser = people[0].browser
      let noName = try await browser.post("/groups/new", form: "name=+&member=\(people[1].id)&access=open")
      #expect(noName.status == 422)
      #expect(
        noName.contains("Give the group a name.") && noName.contains("value=\"\(people[1].id)\" checked"))
      #expect(noName.contains("value=\"open\" checked"))
      let long = try await browser.post("/groups/new", form: "name=\(String(repeating: "x", count: 81))")
      #expect(long.status == 422 && long.contains("up to 80 characters"))
      let unknown = try await browser.post(
        "/groups/new", form: "name=Club&member=\(people[1].id)&member=999&member=x")
      #expect(unknown.status == 422 && unknown.contains("no account any more"))
      #expect(unknown.contains("value=\"\(people[1].id)\" checked") && unknown.contains("value=\"Club\""))
      let many = try await browser.post(
        "/groups/new", form: "name=Club" + (1...2_001).map { "&member=\($0)" }.joined())
      #expect(many.status == 422 && many.contains("up to 2,000 members"))
      // Without modules one finds, ticks and finds again.
      let found = try await browser.post(
        "/groups/new", form: "name=Club&member=\(people[1].id)&find=cem&findPeople=1")
      #expect(found.status == 200 && found.contains("value=\"\(people[1].id)\" checked"))
      #expect(
        found.contains("value=\"\(people[2].id)\"") && !found.contains("value=\"\(people[2].id)\" checked"))
      #expect(
        try await server.database.read { try Int.fetchOne($0, sql: "SELECT count(*) FROM conversation") } == 0
      )
      let group = try await MadeGroup.make("Club", by: people[0])
      let description = String(repeating: "y", count: 501)
      let refused = try await browser.post(
        group.path + "/details", ["description": description, "name": "New"])
      #expect(
        refused.status == 422 && refused.contains("it can have up to 500") && refused.contains(description))
      #expect(try await group.page(of: people[0]).contains("Club"))
    }
  }

  @Test func aPictureIsSeenByThoseWhoMay() async throws {
    try await TestServer.with { server in
      let people = try await server.people("Ada", "Ben")
      let group = try await MadeGroup.make("Club", by: people[0])
      let form = MultipartBody(["name": "Club"]).adding("picture", file: "a.png", TinyImage.png())
      #expect(try await people[0].browser.post(group.path + "/details", form).status == 303)
      let shown = try await people[0].browser.get(group.path + "/details").html
      let address = try #require(shown.first("<img src=\"", "\"")?.description)
      #expect(try await people[0].browser.get(address).status == 200)
      #expect(try await people[1].browser.get(address).status == 404)
      #expect(try await people[0].browser.post(group.path + "/details", ["access": "open"]).status == 303)
      #expect(try await people[1].browser.get(address).status == 200)
      #expect(try await people[0].browser.post(group.path + "/details", ["removePicture": "1"]).status == 303)
      #expect(try await people[0].browser.get(address).status == 404)
    }
  }

  @Test func whatNewcomersSee() async throws {
    try await TestServer.with { server in
      let people = try await server.people("Ada", "Ben", "Cem", "Dan")
      let whole = try await MadeGroup.make("Whole", by: people[0], history: "all")
      try await whole.write("one", by: people[0])
      try await whole.change("add", [people[1]], by: people[0])
      #expect(try await whole.texts(people[1]) == ["one"])
      // Less from now on; those who are here keep what they see.
      #expect(try await people[0].browser.post(whole.path + "/details", ["history": "joined"]).status == 303)
      try await whole.change("add", [people[2]], by: people[0])
      #expect(try await whole.texts(people[2]) == [])
      #expect(try await whole.texts(people[1]) == ["one"])
      try await whole.write("two", by: people[1])
      try await whole.change("remove", [people[1]], by: people[0])
      try await whole.write("three", by: people[0])
      try await whole.change("add", [people[1]], by: people[0])
      try await whole.write("four", by: people[0])
      #expect(try await whole.texts(people[1]) == ["one", "two", "four"], "nothing of the time between")
      #expect(try await whole.texts(people[2]) == ["two", "three", "four"])
    }
  }

  @Test func leavingEndsWhatStreamsBring() async throws {
    try await TestServer.with { server in
      let people = try await server.people("Ada", "Ben")
      let group = try await MadeGroup.make("Club", by: people[0], with: [people[1]])
      let stream = try await people[1].events()
      try await group.write("seen", by: people[0])
      _ = try await stream.message("seen")
      try await group.change("remove", [people[1]], by: people[0])
      try await group.write("secret", by: people[0])
      try await people[0].write("the end", to: people[1])
      _ = try await stream.message("the end")
      let all = stream.events.map(\.html.description).joined()
      #expect(all.contains("You are no longer in this group"))
      #expect(!all.contains("secret") && !all.contains("Ada</bdi> removed"))
    }
  }
}
