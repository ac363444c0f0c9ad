import Foundation
import GRDB
import Testing

@testable import Chat

/// What the pages of groups answer to modules, and what they show of who is in a group.
@Suite struct GroupPagesTests {
  private static let modules: KeyValuePairs<String, String> = ["HX-Request": "true"]

  private static func asking(for part: String) -> KeyValuePairs<String, String> {
    ["HX-Request": "true", "HX-Target": part]
  }

  @Test func modulesGetWhatChanged() async throws {
    try await TestServer.with { server in
      let people = try await server.people("Ada", "Ben", "Cem")
      let (ada, ben) = (people[0].browser, people[1].browser)
      let group = try await MadeGroup.make("Club", by: people[0], with: [people[1]])
      let promoted = try await ada.post(
        group.path + "/members", ["user": "\(people[1].id)", "action": "promote"], Self.asking(for: "members")
      )
      #expect(promoted.status == 200)
      #expect(promoted.html.description.hasPrefix("<div id=\"members\">"))
      #expect(promoted.contains("The members were updated."))
      #expect(promoted.contains("id=\"candidates\""))
      let refused = try await ada.post(
        group.path + "/members", ["user": "\(people[2].id)", "action": "demote"], Self.asking(for: "members"))
      #expect(refused.status == 422)
      #expect(refused.html.description.hasPrefix("<div id=\"members\">"))
      #expect(refused.contains("role=\"alert\""))
      let quiet = try await ben.post(
        group.path + "/notifications", ["level": "mentions"], Self.asking(for: "loudness"))
      #expect(quiet.status == 200)
      #expect(quiet.html.description.hasPrefix("<div class=\"loudness\" id=\"loudness\">"))
      #expect(quiet.contains("value=\"mentions\" checked"))
      let nameless = try await ada.post(
        group.path + "/details", ["name": ""], Self.asking(for: "group-edit"))
      #expect(nameless.status == 422)
      #expect(nameless.html.description.hasPrefix("<details class=\"edit\" id=\"group-edit\" open"))
      #expect(nameless.contains("Give the group a name."))
    }
  }

  @Test func modulesAreLedToAnotherPage() async throws {
    try await TestServer.with { server in
      let people = try await server.people("Ada", "Ben")
      let (ada, ben) = (people[0].browser, people[1].browser)
      let group = try await MadeGroup.make("Club", by: people[0], access: "open")
      func place(_ answer: Answer) -> String? {
        answer.status == 200 ? answer.headers["HX-Redirect"].first : nil
      }
      #expect(place(try await ada.post("/groups/new", ["name": "Other"], Self.modules)) != nil)
      #expect(place(try await ben.post(group.path + "/join", [:], Self.modules)) == group.path)
      #expect(
        place(try await ada.post(group.path + "/details", ["name": "New"], Self.modules))
          == group.path + "/details?saved=details")
      #expect(place(try await ben.post(group.path + "/leave", [:], Self.modules)) == "/")
    }
  }

  @Test func aGroupsPictureWithoutItsFile() async throws {
    let folder = TestServer.newFolder()
    defer { try? FileManager.default.removeItem(at: folder) }
    let people = People()
    try await TestServer.with(folder: folder) { server in
      people.keep(try await server.people("Ada", "Ben"))
      let group = try await MadeGroup.make("Club", by: people.all[0], with: [people.all[1]])
      let form = MultipartBody(["name": "Club"]).adding("picture", file: "a.png", TinyImage.png())
      #expect(try await people.all[0].browser.post(group.path + "/details", form).status == 303)
      try FileManager.default.removeItem(at: server.file(try #require(server.uploadedFiles.first)))
    }
    try await TestServer.with(folder: folder) { server in
      let ben = people.all[1].at(server)
      try await eventually("two members in its place") {
        let page = try await ben.browser.get("/")
        return page.uploads.isEmpty && page.html.from("class=\"avatar disc", through: ">").count == 2
      }
      let count = try await server.database.read {
        try Int.fetchOne($0, sql: "SELECT count(*) FROM attachment")
      }
      #expect(count == 0)
    }
  }

  /// Whoever is not in an open group is shown how many are, and nobody.
  @Test func thoseOfLongestStandingStandForAGroup() async throws {
    try await TestServer.with { server in
      let people = try await server.people("Ada", "Ben", "Cem", "Dan")
      let group = try await MadeGroup.make("Club", by: people[3], with: [people[0]], access: "open")
      try await group.change("add", [people[1]], by: people[3])
      func faces(_ page: Answer) -> [String] {
        page.html.from("disc colour-", through: ">").compactMap {
          $0.description.firstMatch(of: /data-avatar="(\d+)"/).map { String($0.1) }
        }
      }
      let expected = [people[0].id, people[3].id].map(String.init).sorted()
      for path in ["/", group.path + "/details"] {
        let shown = faces(try await people[1].browser.get(path))
        #expect(Set(shown).sorted() == expected, "\(path)")
      }
      #expect(faces(try await people[2].browser.get("/groups")).isEmpty)
      #expect(faces(try await people[2].browser.get(group.path)).isEmpty)
    }
  }

  @Test func howLoudItIsShowsOnTheOtherTabs() async throws {
    try await TestServer.with { server in
      let people = try await server.people("Ada", "Ben")
      let group = try await MadeGroup.make("Club", by: people[0], with: [people[1]])
      let stream = try await people[1].events()
      for (mute, isMuted) in [("forever", true), ("off", false)] {
        #expect(try await people[1].browser.post(group.path + "/notifications", ["mute": mute]).status == 303)
        try await eventually("a row that is muted: \(isMuted)") {
          stream.events.last { $0.html.row("g\(group.id)") != nil }?.html.contains(">muted<") == isMuted
        }
        #expect(try await people[1].browser.get("/").html.row("g\(group.id)")?.contains(">muted<") == isMuted)
      }
    }
  }

  /// Also where more are online than stand first.
  @Test func everyMemberStandsOnOnePage() async throws {
    try await TestServer.with { server in
      let ada = try await server.person("Ada")
      let group = try await MadeGroup.make("Club", by: ada)
      let count = 300
      try await server.database.writer.write { db in
        for number in 0..<count {
          try db.execute(
            sql: """
              INSERT INTO user (full_name, sort_name, folded_name, email, email_key, password_hash, created_at)
              VALUES (?1, sort_name(?1), folded_name(?1), ?2, ?2, '!', 0)
              """, arguments: ["Member \(number % 7)", "\(number)@example.org"])
          try Membership.begin(of: db.lastInsertedRowID, in: group.id, at: 1, in: db)
        }
      }
      let all = try await server.database.read { try Group.members(of: group.id, in: $0) }
      let online = Set(all.sorted().prefix(240))
      var found: [User.ID] = []
      var start: (name: String, id: User.ID)?
      repeat {
        let page = try await server.database.read { [start] db in
          try MemberList.load(of: group.id, online: online, find: "", after: start, in: db)
        }
        found += page.members.map(\.user.id)
        start = page.next
      } while start != nil
      #expect(found.count == count + 1 && Set(found) == Set(all))
    }
  }

  @Test func howManyAreOnlineIsToldAsItChanges() async throws {
    try await TestServer.with { server in
      let people = try await server.people("Ada", "Ben", "Cem")
      let group = try await MadeGroup.make("Club", by: people[0], with: [people[1], people[2]])
      let stream = try await people[0].browser.events()
      func told(_ words: String) async throws {
        try await eventually("\(words) in \(stream.events.map(\.description))") {
          let counts = stream.events.compactMap {
            $0.html.first("[data-online='g\(group.id)']\">", "</span>")?.description
          }
          return counts.last == words
        }
      }
      let other = try await people[1].browser.events()
      try await told(", 2 online")
      #expect(try await group.page(of: people[0]).contains(", 2 online</span>"))
      #expect(try await people[1].browser.post("/settings/privacy", [:]).status == 303)
      try await told(", 1 online")
      // Who hides is told of nobody.
      #expect(
        try await group.page(of: people[1]).html.first("data-online=\"g\(group.id)\">", "</span>") == HTML("")
      )
      other.close()
    }
  }
}
