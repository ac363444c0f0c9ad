import Foundation
import Testing

@testable import Chat

/// Who may do what in a group: a table of acts, with what each gets who tries.
@Suite struct GroupRightsTests {
  struct Act: Sendable, CustomTestStringConvertible {
    let name: String
    let path: String
    let form: String
    /// Of an administrator, a member, one who was put out, and one who never was in it.
    let expected: [Int]

    var testDescription: String { name }
  }

  private static let acts = [
    Act(name: "read", path: "", form: "", expected: [200, 200, 404, 404]),
    Act(name: "details", path: "/details", form: "", expected: [200, 200, 404, 404]),
    Act(name: "write", path: "/messages", form: "text=Hello", expected: [303, 303, 404, 404]),
    Act(name: "mark read", path: "/read", form: "message=1", expected: [204, 204, 404, 404]),
    Act(name: "rename", path: "/details", form: "name=Other", expected: [303, 403, 404, 404]),
    Act(name: "describe", path: "/details", form: "description=Words", expected: [303, 403, 404, 404]),
    Act(name: "open", path: "/details", form: "access=open", expected: [303, 403, 404, 404]),
    Act(
      name: "choose who writes", path: "/details", form: "writers=administrators",
      expected: [303, 403, 404, 404]),
    Act(name: "show more", path: "/details", form: "history=all", expected: [422, 403, 404, 404]),
    Act(name: "add", path: "/members", form: "action=add&user={new}", expected: [303, 403, 404, 404]),
    Act(
      name: "remove", path: "/members", form: "action=remove&user={other}", expected: [303, 403, 404, 404]),
    Act(
      name: "promote", path: "/members", form: "action=promote&user={other}", expected: [303, 403, 404, 404]),
    Act(
      name: "demote", path: "/members", form: "action=demote&user={other}", expected: [303, 403, 404, 404]),
    Act(
      name: "nothing known", path: "/members", form: "action=juggle&user={other}",
      expected: [400, 400, 400, 400]),
    Act(
      name: "be told less", path: "/notifications", form: "level=mentions", expected: [303, 303, 404, 404]),
    Act(name: "mute", path: "/notifications", form: "mute=8h", expected: [303, 303, 404, 404]),
    Act(
      name: "mute for a century", path: "/notifications", form: "mute=100y", expected: [400, 400, 400, 400]),
    Act(name: "join", path: "/join", form: "x=1", expected: [303, 303, 404, 404]),
    Act(name: "leave", path: "/leave", form: "x=1", expected: [303, 303, 404, 404]),
  ]

  @Test(arguments: acts) func whoMay(_ act: Act) async throws {
    try await TestServer.with { server in
      for (role, expected) in act.expected.enumerated() {
        let people = try await server.people("Ada", "Ben", "Cem", "Dan", "Eve", "Fay")
        let group = try await MadeGroup.make("Club", by: people[0], with: Array(people[1...3]))
        try await group.change("remove", [people[2]], by: people[0])
        let actor = [people[0], people[1], people[2], people[4]][role]
        let form = act.form.replacing("{new}", with: "\(people[5].id)")
          .replacing("{other}", with: "\(people[3].id)")
        let before = try await group.roles(on: server)
        let answer =
          act.form.isEmpty
          ? try await actor.browser.get(group.path + act.path)
          : try await actor.browser.post(group.path + act.path, form: form)
        #expect(answer.status == expected, "\(act.name), role \(role): \(answer.text.prefix(400))")
        if expected >= 400 {
          #expect(try await group.roles(on: server) == before, "\(act.name), role \(role)")
        }
        // A fragment is held to the same.
        if expected >= 400, !act.form.isEmpty {
          let fragment = try await actor.browser.post(
            group.path + act.path, form: form, ["HX-Request": "true"])
          #expect(fragment.status == expected, "\(act.name), role \(role), as a fragment")
        }
      }
    }
  }

  @Test func onlyAdministratorsWriteWhereTheySaySo() async throws {
    try await TestServer.with { server in
      let people = try await server.people("Ada", "Ben")
      let group = try await MadeGroup.make("News", by: people[0], with: [people[1]])
      #expect(
        try await people[0].browser.post(group.path + "/details", ["writers": "administrators"]).status == 303
      )
      #expect(try await group.write("News", by: people[0]).status == 303)
      let refused = try await group.write("My <answer>", by: people[1])
      #expect(refused.status == 403)
      #expect(refused.contains("Only administrators can write in this group."))
      #expect(refused.contains("My &lt;answer&gt;</textarea>"), "the text stays")
      #expect(try await group.texts(people[1]) == ["News"])
      #expect(try await !group.page(of: people[1]).contains("id=\"composer\""))
    }
  }

  @Test func whatOneWroteWhilePutOutIsNotLost() async throws {
    try await TestServer.with { server in
      let people = try await server.people("Ada", "Ben")
      let group = try await MadeGroup.make("Club", by: people[0], with: [people[1]])
      try await group.change("remove", [people[1]], by: people[0])
      let answer = try await group.write("Half a <novel>", by: people[1])
      #expect(answer.status == 404)
      #expect(answer.contains("You are no longer in this group."))
      #expect(answer.contains("Half a &lt;novel&gt;</textarea>"))
    }
  }

  /// As the composer's form is sent without modules.
  @Test func alsoWhereFilesMayCome() async throws {
    try await TestServer.with { server in
      let people = try await server.people("Ada", "Ben")
      let group = try await MadeGroup.make("Club", by: people[0], with: [people[1]])
      try await group.change("remove", [people[1]], by: people[0])
      let body = MultipartBody(["text": "Half a novel"]).adding("images", file: "a.png", TinyImage.png())
      let answer = try await people[1].browser.post(group.path + "/messages", body)
      #expect(answer.status == 404 && answer.contains("Half a novel</textarea>"))
      #expect(server.uploadedFiles.isEmpty)
    }
  }

  /// What was found by a name is not found any longer once it is no one else's business.
  @Test func anOpenGroupThatIsClosedIsFoundNoMore() async throws {
    try await TestServer.with { server in
      let people = try await server.people("Ada", "Ben")
      #expect(try await !people[1].browser.get("/?find=walk").contains("Walkers"))
      let group = try await MadeGroup.make("Walkers", by: people[0], access: "open")
      #expect(try await people[1].browser.get("/?find=walk").contains("Walkers"))
      #expect(try await people[0].browser.post(group.path + "/details", ["access": "invited"]).status == 303)
      #expect(try await !people[1].browser.get("/?find=walk").contains("Walkers"))
    }
  }

  @Test func anOpenGroupShowsItselfAndNothingElse() async throws {
    try await TestServer.with { server in
      let people = try await server.people("Ada", "Ben", "Cem")
      let group = try await MadeGroup.make("Walkers", by: people[0], with: [people[2]], access: "open")
      try await group.write("Between us", by: people[0])
      let shown = try await group.page(of: people[1])
      #expect(shown.status == 200)
      #expect(shown.contains("Walkers") && shown.contains("2 members") && shown.contains("/join\""))
      #expect(!shown.contains("Between us") && !shown.contains("Cem"))
      #expect(try await people[1].browser.get(group.path + "/details").status == 404)
      #expect(try await people[1].browser.get("/groups").contains("Walkers"))
      #expect(try await people[1].browser.post(group.path + "/join", [:]).location == group.path)
      #expect(try await group.texts(people[1]) == [])
      #expect(try await group.lines(people[1]) == ["Ben joined"])
      #expect(try await people[1].browser.post(group.path + "/join", [:]).status == 303, "again")
      #expect(try await group.lines(people[1]) == ["Ben joined"])
    }
  }
}
