import Foundation
import GRDB
import Testing

@testable import Chat

/// Deleting one's account: what others see, at once and afterwards.
@Suite struct DeletionTests {
  private static let quick = TestServer.Wishes(deletionDelay: 300)

  @Test func openPagesChangeAtOnce() async throws {
    try await TestServer.with(Self.quick) { server in
      let people = try await server.people("Ada Lovelace", "Ben", "Eve")
      let (ada, ben, eve) = (people[0], people[1], people[2])
      try await ada.write("Meet me at the mill", to: ben)
      _ = try await ada.send([("a.png", TinyImage.png())], to: ben)
      let own = [try await ada.events(), try await ada.browser.copy().events()]
      let others = [try await ben.events(), try await eve.events()]
      try await ada.delete()
      for stream in others {
        let event = try await stream.first("word that she is gone") { $0.data.contains("Deleted account") }
        #expect(event.id != nil)
        for selector in [
          "innerHTML:[data-avatar='\(ada.id)']", "innerHTML:[data-name-of='\(ada.id)']",
          "innerHTML:[data-presence='\(ada.id)']", "innerHTML:[data-last-seen='\(ada.id)']",
          "innerHTML:.message[data-author='\(ada.id)'] .images",
          "innerHTML:.message[data-author='\(ada.id)'] .text\"",
          "innerHTML:[data-preview-of='\(ada.id)']\"", "delete:#row-u\(ada.id)[data-newest='0']",
          "beforeend:main[data-with='\(ada.id)']",
        ] {
          #expect(event.data.contains(selector), "\(selector)")
        }
        #expect(!event.data.contains("Ada"))
      }
      for stream in own {
        let last = try await stream.first("word of the end") { $0.name == "signed-out" }
        #expect(last.data == "leaving")
        try await stream.ended(within: .seconds(5))
        #expect(!stream.events.contains { $0.data.contains("Deleted account") })
      }
      try await server.deletionsDone()
      #expect(others.allSatisfy { !$0.hasEnded })
      // She is not told to be somewhere or to have been, not even when her time to come back is over.
      #expect(server.app.board.people(seenBy: ben.id).users == [ben.id, eve.id])
      #expect(!others.contains { $0.events.suffix(3).contains { $0.data.contains("last seen <time") } })
    }
  }

  @Test func pagesAfterwards() async throws {
    try await TestServer.with(Self.quick) { server in
      let people = try await server.people("Ada Lovelace", "Ben", "Eve")
      let (ada, ben, eve) = (people[0], people[1], people[2])
      try await ada.write("Meet me at the mill", to: ben)
      try await ben.write("I will", to: ada)
      _ = try await ada.send([("a.png", TinyImage.png())], text: "Here", to: ben)
      let form = MultipartBody(["fullName": "Ada Lovelace"]).adding("picture", file: "p.gif", TinyImage.gif)
      _ = try await ada.browser.post("/profile", form)
      let uploads = try await ben.page(with: ada).uploads
      #expect(uploads.count == 2 && server.uploadedFiles.count == 2)
      try await ada.delete()
      try await server.deletionsDone()
      #expect(server.uploadedFiles.isEmpty)
      for name in uploads { #expect(try await ben.browser.get("/uploads/\(name)").status == 404) }

      let page = try await ben.browser.get("/conversations/1")
      #expect(page.status == 200 && page.html.after("<main")?.name == HTML("Deleted account"))
      #expect(page.contains("Nobody reads here any more.") && page.uploads.isEmpty)
      #expect(!page.contains("Ada") && !page.contains("mill") && page.contains(">I will<"))
      let texts = page.html.articles.compactMap { $0.messageText?.description }
      #expect(
        texts == [
          "<i class=\"deleted\">Message deleted</i>", "I will",
          "<i class=\"deleted\">Message deleted</i>",
        ])
      let authors = page.html.articles.compactMap { $0.author?.description }
      #expect(authors == ["Deleted account", "Ben", "Deleted account"])
      #expect(page.contains("data-avatar=\"\(ada.id)\" aria-hidden=\"true\"></span>"))
      let row = try #require(page.html.row("u\(ada.id)"))
      #expect(row.name == HTML("Deleted account") && row.presence == "")
      #expect(row.preview == HTML("Message deleted"))

      #expect(try await ben.browser.get("/people/\(ada.id)").location == "/conversations/1")
      #expect(try await eve.browser.get("/people/\(ada.id)").status == 404)
      #expect(try await eve.browser.get("/").html.names == ["Ben"])
      for word in ["ada", "deleted", "account"] {
        #expect(try await ben.browser.get("/?find=\(word)").html.rows.isEmpty, "\(word)")
      }
      let read = try await ben.browser.post("/people/\(ada.id)/read", ["message": "3"])
      #expect(read.status == 204)
    }
  }

  @Test func textsThatStay() async throws {
    try await TestServer.with(Self.quick) { server in
      let people = try await server.people("Ada Lovelace", "Ben")
      let (ada, ben) = (people[0], people[1])
      try await ada.write("Meet me at the mill", to: ben, clientID: UUID().uuidString)
      _ = try await ada.send([("a.png", TinyImage.png())], text: "The mill", to: ben)
      _ = try await ada.send([("a.png", TinyImage.png())], to: ben)
      let stream = try await ben.events()
      try await ada.delete(keepingMessages: true)
      let event = try await stream.first("word that she is gone") { $0.data.contains("Deleted account") }
      #expect(event.data.contains(".message[data-author='\(ada.id)'] .text:empty\""))
      #expect(event.data.contains("[data-preview-of='\(ada.id)'][data-photo]\""))
      try await server.deletionsDone()
      let page = try await ben.browser.get("/conversations/1")
      let texts = page.html.articles.compactMap { $0.messageText?.description }
      #expect(
        texts == ["Meet me at the mill", "The mill", "<i class=\"deleted\">Message deleted</i>"])
      #expect(!page.contains("Ada") && page.uploads.isEmpty && server.uploadedFiles.isEmpty)
      #expect(page.html.row("u\(ada.id)")?.preview == HTML("Message deleted"))
      let withID = try await server.database.read {
        try Int.fetchOne($0, sql: "SELECT count(*) FROM message WHERE client_id IS NOT NULL")
      }
      #expect(withID == 0)
    }
  }

  @Test func aReplayTellsNothing() async throws {
    try await TestServer.with(Self.quick) { server in
      let people = try await server.people("Ada Lovelace", "Ben")
      let (ada, ben) = (people[0], people[1])
      try await ada.write("Meet me at the mill", to: ben)
      _ = try await ada.browser.post("/profile", ["fullName": "Ada King"])
      try await ada.delete()
      try await server.deletionsDone()
      let eve = try await server.person("Eve")
      for person in [ben, eve] {
        let stream = try await person.browser.events(after: 0)
        _ = try await stream.first("word that she is gone") { $0.data.contains("delete:#row-u\(ada.id)") }
        let all = stream.events.map(\.data).joined()
        for secret in ["Ada", "King", "mill", "/people/\(ada.id)\""] {
          #expect(!all.contains(secret), "\(secret)")
        }
        #expect(stream.events.flatMap(\.html.articles).count == (person.id == ben.id ? 1 : 0))
        let names = stream.events.flatMap(\.html.rows).compactMap { $0.attribute("id") }
        #expect(names.filter { $0 == "row-u\(ada.id)" }.count == (person.id == ben.id ? 1 : 0))
      }
    }
  }

  @Test func sendingToOneWhoIsGone() async throws {
    try await TestServer.with(Self.quick) { server in
      let people = try await server.people("Ada", "Ben", "Eve")
      let (ada, ben, eve) = (people[0], people[1], people[2])
      let id = UUID().uuidString
      try await ben.write("Hello", to: ada, clientID: id)
      try await ada.delete()
      try await server.deletionsDone()
      for person in [ben, eve] {
        for path in ["/people/\(ada.id)/messages", "/conversations/1/messages"] {
          for headers in [[:], ["HX-Request": "true"]] as [KeyValuePairs] {
            let answer = try await person.browser.post(path, ["text": "Are you there?"], headers)
            if person.id == eve.id && path.contains("conversations") {
              #expect(answer.status == 404)
            } else {
              #expect(answer.status == 422 && answer.contains("nobody would read your message"), "\(path)")
              #expect(answer.contains(">\nAre you there?</textarea>"))
            }
          }
        }
      }
      // One that was taken before is the same one still.
      let again = try await ben.browser.post(
        "/people/\(ada.id)/messages", ["text": "Hello", "clientId": id], ["HX-Request": "true"])
      #expect(again.status == 200 && again.html.articles.count == 1)
      let image = try await ben.send([("a.png", TinyImage.png())], text: "Look", to: ada, isFragment: true)
      #expect(image.status == 422 && server.uploadedFiles.isEmpty)
      let count = try await server.database.read {
        try Int.fetchOne($0, sql: "SELECT count(*) FROM message")
      }
      #expect(count == 1)
      let conversations = try await server.database.read {
        try Int.fetchOne($0, sql: "SELECT count(*) FROM conversation")
      }
      #expect(conversations == 1)
    }
  }

  @Test func theLastOneIsAlone() async throws {
    try await TestServer.with(Self.quick) { server in
      let people = try await server.people("Ada", "Ben")
      try await people[0].delete()
      try await server.deletionsDone()
      #expect(try await people[1].browser.get("/").contains("You are the first one here"))
    }
  }
}
