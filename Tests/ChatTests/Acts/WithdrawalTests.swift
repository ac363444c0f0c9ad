import Foundation
import GRDB
import Testing

@testable import Chat

/// Messages that are deleted: out of sight at once, back for a moment, and then gone.
@Suite struct WithdrawalTests {
  @Test func outOfSightAndBack() async throws {
    try await TestServer.with { server in
      let people = try await server.people("Ada", "Ben")
      let (ada, ben) = (people[0], people[1])
      try await ada.write("A secret", to: ben)
      let id = try await ada.newestMessage(with: ben)
      let stream = try await ben.events()
      let answer = try await ada.act("delete", on: id, asFragment: true)
      #expect(answer.contains("Message deleted") && answer.contains("/messages/\(id)/delete/undo"))
      let told = try await stream.first("it is deleted") { $0.data.contains("Message deleted") }
      #expect(!told.data.contains("A secret"))
      for person in people {
        #expect(try await person.article(id).contains("<i class=\"deleted\">Message deleted</i>"))
        #expect(try await person.browser.get("/").html.rows.first?.contains("Message deleted") == true)
      }
      #expect(try await ben.browser.get("/").html.row("u\(ada.id)")?.unread == "", "it counts no more")
      // Nobody else brings it back.
      #expect(try await ben.act("delete/undo", on: id).status == 409)
      #expect(try await ada.act("delete/undo", on: id).status == 303)
      _ = try await stream.first("it is back") { $0.id != told.id && $0.data.contains("A secret") }
      #expect(try await ben.browser.get("/").html.row("u\(ada.id)")?.unread == "1")
      #expect(try await ada.article(id).messageText == HTML("A secret"))
    }
  }

  @Test func byAnAdministrator() async throws {
    try await TestServer.with { server in
      let people = try await server.people("Ada", "Ben")
      let group = try await MadeGroup.make("Club", by: people[0], with: [people[1]])
      try await group.write("Rude", by: people[1])
      let id = try #require(try await group.page(of: people[0]).html.articles.last?.messageID)
      #expect(try await people[0].act("delete", on: id).status == 303)
      #expect(try await people[1].article(id).contains("Message deleted by an administrator"))
      // Its author can neither bring it back nor write over it.
      #expect(try await people[1].act("delete/undo", on: id).status == 409)
      #expect(try await people[1].edit(id, "Rude again").status == 409)
    }
  }

  /// A retry of the same send, an edit and a reaction that come later change nothing.
  @Test func itWinsOverWhatRacesIt() async throws {
    try await TestServer.with { server in
      let people = try await server.people("Ada", "Ben")
      let client = UUID().uuidString
      try await people[0].write("Hello", to: people[1], clientID: client)
      let id = try await people[0].newestMessage(with: people[1])
      try await people[0].act("delete", on: id)
      try await people[0].write("Hello", to: people[1], clientID: client)
      #expect(try await people[0].edit(id, "Hi").status == 409)
      #expect(try await people[1].act("reactions", on: id, ["emoji": "👍"]).status == 409)
      let page = try await people[1].page(with: people[0])
      #expect(page.html.articles.count == 1 && page.contains("Message deleted"))
    }
  }

  /// What two people deleted of one message is each one's own to take back.
  @Test(arguments: [true, false])
  func onlyWhatOneDeletedOneself(authorFirst: Bool) async throws {
    try await TestServer.with { server in
      let people = try await server.people("Ada", "Ben")
      let (ada, ben) = (people[0], people[1])
      let group = try await MadeGroup.make("Club", by: ada, with: [ben])
      try await group.write("Look", by: ben)
      let id = try #require(try await group.page(of: ben).html.articles.last?.messageID)
      try await server.addPictures(["a.png", "b.png"], to: id, of: ben)
      let (first, second) = authorFirst ? (ben, ada) : (ada, ben)
      #expect(try await first.act("delete", on: id, ["image": "a.png"]).status == 303)
      #expect(try await second.act("delete", on: id, ["image": "b.png"]).status == 303)
      #expect(try await second.act("delete/undo", on: id).status == 303)
      #expect(try await server.pictures(of: id) == ["b.png"])
      // And now of the whole message.
      #expect(try await second.act("delete", on: id).status == 303)
      #expect(
        try await first.act("delete/undo", on: id).status == 409, "the message is somebody else's doing")
      #expect(try await second.act("delete/undo", on: id).status == 303)
      #expect(try await server.pictures(of: id) == ["b.png"])
      #expect(try await first.act("delete/undo", on: id).status == 303)
      #expect(try await server.pictures(of: id) == ["a.png", "b.png"])
      #expect(try await first.act("delete/undo", on: id).status == 409)
    }
  }

  /// What is deleted later does not give what was deleted before more time.
  @Test func eachHasItsTime() async throws {
    try await TestServer.with { server in
      let people = try await server.people("Ada", "Ben")
      let (ada, ben) = (people[0], people[1])
      try await ada.write("Look", to: ben)
      let id = try await ada.newestMessage(with: ben)
      try await server.addPictures(["a.png", "b.png"], to: id, of: ada)
      try await ada.act("delete", on: id, ["image": "a.png"])
      try await server.letPass()
      try await ada.act("delete", on: id, ["image": "b.png"])
      try await server.app.withdrawals.finish(before: Date.now.milliseconds)
      let left = try await server.database.read {
        try String.fetchAll($0, sql: "SELECT name FROM attachment")
      }
      #expect(left == ["b.png"])
      #expect(try await ada.act("delete/undo", on: id).status == 303)
      #expect(try await server.pictures(of: id) == ["b.png"])
    }
  }

  /// Once its time is over, nothing of it is in any table, and it cannot come back.
  @Test func afterItsTime() async throws {
    try await TestServer.with { server in
      let people = try await server.people("Ada", "Ben")
      let (ada, ben) = (people[0], people[1])
      try await ada.write("Going", to: ben)
      let id = try await ada.newestMessage(with: ben)
      try await ben.act("reactions", on: id, ["emoji": "👍"])
      try await ben.act("pin", on: id)
      _ = try await ben.browser.post("/people/\(ada.id)/messages", ["text": "Why?", "replyTo": "\(id)"])
      try await ada.act("delete", on: id)
      try await server.letPass()
      #expect(try await ada.act("delete/undo", on: id).status == 409)
      server.app.withdrawals.look()
      try await eventually("nothing is left") {
        try await server.database.read { db in
          try Int.fetchOne(
            db,
            sql: """
              SELECT (SELECT count(*) FROM withdrawn) + (SELECT count(*) FROM reaction) + (SELECT count(*) FROM pin)
              """) == 0
        }
      }
      let page = try await ada.page(with: ben)
      #expect(page.contains("Why?") && !page.contains("Going") && page.html.count(of: "Message deleted") == 2)
    }
  }
}

extension TestServer {
  /// The time is over in which what was deleted so far could be taken back.
  func letPass() async throws {
    try await app.database.writer.write { db in
      try db.execute(
        sql:
          """
          UPDATE withdrawn SET due_at = 1 WHERE due_at > 1;
          UPDATE withdrawn_attachment SET due_at = 1 WHERE due_at > 1;
          """)
    }
  }

  /// Rows of pictures without files.
  func addPictures(_ names: [String], to message: Message.ID, of owner: Person) async throws {
    try await database.writer.write { db in
      for (position, name) in names.enumerated() {
        try db.execute(
          sql: """
            INSERT INTO attachment (name, kind, owner_id, message_id, position, media_type, width, height, bytes,
              alt, created_at) VALUES (?, 'message', ?, ?, ?, 'image/png', 1, 1, 1, '', 1)
            """, arguments: [name, owner.id, message, position])
      }
      try db.execute(
        sql: "UPDATE message SET attachment_count = ? WHERE id = ?", arguments: [names.count, message])
    }
  }

  func pictures(of message: Message.ID) async throws -> [String] {
    try await database.read { db in
      try String.fetchAll(
        db, sql: "SELECT name FROM attachment WHERE message_id = ? ORDER BY position", arguments: [message])
    }
  }
}
