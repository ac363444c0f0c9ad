import Foundation
import GRDB
import Testing

@testable import Chat

/// Who is meant in a message of a group, and how it shows.
@Suite struct MentionTests {
  /// Whom the newest message of a page means, as its marks say.
  private static func marks(_ page: Answer) throws -> [String] {
    try #require(page.html.articles.last).between("data-mention=\"", "\"").map(\.description)
  }

  @Test func byNameTypedInFull() async throws {
    try await TestServer.with { server in
      let people = try await server.people(
        "Ada Lovelace", "Grace Hopper", "Grace", "Ωμέγα Ρήγα", "小明", "Nobody Here", "Ann <b>")
      let (ada, grace, short, omega, ming, outside, ann) = (
        people[0], people[1], people[2], people[3], people[4], people[5], people[6]
      )
      let group = try await MadeGroup.make("Club", by: ada, with: [grace, short, omega, ming, ann])
      let cases: [(String, [Person])] = [
        ("@Grace Hopper, will you?", [grace]), ("hello @grace hopper", [grace]), ("@Grace!", [short]),
        ("@Grace Hoppers", [short]), ("ask @Ωμέγα Ρήγα and @小明", [omega, ming]), ("@Nobody Here", []),
        ("mail grace@Grace Hopper", []), ("@ Grace", []), ("@Gr", []), ("@@Grace", []), ("(@Grace)", [short]),
        ("@Ann <b> said", [ann]), ("@", []), ("@all of you", []), ("@allot", []),
      ]
      _ = outside
      for (text, expected) in cases where !text.hasPrefix("@all ") {
        #expect(try await group.write(text, by: ada).status == 303)
        let page = try await group.page(of: grace)
        #expect(try Self.marks(page) == expected.map { String($0.id) }, "\(text)")
        // Nothing that was written is lost.
        let shown = try #require(page.html.articles.last?.messageText?.description)
        let plain = shown.replacing(/<[^>]*>/, with: "").replacing("&lt;", with: "<")
          .replacing("&gt;", with: ">")
        #expect(plain.lowercased() == text.lowercased(), "\(text)")
      }
      #expect(try await group.write("@all of you", by: ada).status == 303)
      #expect(try Self.marks(try await group.page(of: grace)) == ["all"])
    }
  }

  @Test func ofTwoWithOneNameTheOneThatWasChosen() async throws {
    try await TestServer.with { server in
      let people = try await server.people("Ada", "Sam Hill", "Sam Hill", "Sam Hill")
      let group = try await MadeGroup.make("Club", by: people[0], with: Array(people[1...2]))
      try await group.write("@Sam Hill", by: people[0])
      #expect(try Self.marks(try await group.page(of: people[0])) == [])
      for (chosen, expected) in [(people[2], [String(people[2].id)]), (people[3], [])] {
        let answer = try await people[0].browser.post(
          group.path + "/messages", ["text": "@Sam Hill", "mention": "\(chosen.id)"])
        #expect(answer.status == 303)
        #expect(try Self.marks(try await group.page(of: people[0])) == expected)
      }
    }
  }

  @Test func theRowSaysSoUntilItIsRead() async throws {
    try await TestServer.with { server in
      let people = try await server.people("Ada", "Ben", "Cem")
      let group = try await MadeGroup.make("Club", by: people[0], with: Array(people[1...]))
      try await group.write("@Ben, look", by: people[0])
      let row = "mentions you"
      #expect(try await people[1].browser.get("/").contains(row))
      #expect(try await !people[2].browser.get("/").contains(row))
      #expect(try await !people[0].browser.get("/").contains(row))
      _ = try await group.page(of: people[1])
      #expect(try await !people[1].browser.get("/").contains(row))
      try await group.write("@all, look", by: people[0])
      for person in people[1...] { #expect(try await person.browser.get("/").contains(row)) }
    }
  }

  @Test func theNameOfTodayAndOfNobody() async throws {
    try await TestServer.with(.init(deletionDelay: 0)) { server in
      let people = try await server.people("Ada", "Ben")
      let group = try await MadeGroup.make("Club", by: people[0], with: [people[1]])
      try await group.write("@Ben!", by: people[0])
      #expect(try await people[1].browser.post("/profile", ["fullName": "Benjamin"]).status == 303)
      #expect(
        try await group.page(of: people[0]).contains(
          "@<bdi data-name-of=\"\(people[1].id)\">Benjamin</bdi></b>!"))
      try await people[1].delete(keepingMessages: true)
      try await server.deletionsDone()
      #expect(try await group.page(of: people[0]).contains(">Deleted account</bdi></b>!"))
      // The words of one who takes them along mean nobody any more.
      let other = try await MadeGroup.make("Other", by: try await server.person("Cem"), with: [people[0]])
      try await other.write("@all", by: people[0])
      try await people[0].delete()
      try await server.deletionsDone()
      let rows = try await server.database.read { try Int.fetchOne($0, sql: "SELECT count(*) FROM mention") }
      #expect(rows == 0)
    }
  }

  @Test func onlyAdministratorsMeanAllOfMany() async throws {
    try await TestServer.with { server in
      let (ada, ben) = (try await server.person("Ada"), try await server.person("Ben"))
      let crowd = try await server.crowd(60)
      let group = try await MadeGroup.make("Club", by: ada, with: [ben])
      let users = crowd.map { "&user=\($0)" }.joined()
      #expect(try await ada.browser.post(group.path + "/members", form: "action=add\(users)").status == 303)
      try await group.write("@all", by: ben)
      #expect(try Self.marks(try await group.page(of: ada)) == [])
      try await group.write("@all", by: ada)
      #expect(try Self.marks(try await group.page(of: ben)) == ["all"])
    }
  }

  /// In pieces there is every character, and nothing twice, whatever the marks say.
  @Test func piecesHoldTheWholeText() {
    let text = "Hé @Ada 👩‍👩‍👧 and @Ben"
    let marks = [(3, 4), (3, 4), (5, 9), (16, 4), (40, 3), (0, 0), (-2, 3)].map {
      Mention(user: nil, start: $0.0, length: $0.1)
    }
    let standing = Mention.standing(marks, in: text.unicodeScalars.count)
    #expect(standing.map(\.range) == [3..<7, 16..<20])
    let markup = Markup(text, mentions: standing.map(\.range))
    #expect(markup.plain == text)
  }
}
