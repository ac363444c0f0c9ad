import Foundation
import Testing

@testable import Chat

/// Messages and rows are rendered once and kept: what they showed before never comes up again.
@Suite struct KeptFragmentsTests {
  @Test func anotherNameAndPicture() async throws {
    try await TestServer.with { server in
      let people = try await server.people("Ada Lovelace", "Ben")
      let (ada, ben) = (people[0], people[1])
      try await ada.write("Hello", to: ben)
      let before = try await ben.page(with: ada)
      #expect(before.contains("Ada Lovelace") && before.contains(">AL</span>"))
      let form = MultipartBody(["fullName": "Augusta King"]).adding("picture", file: "p.png", TinyImage.png())
      _ = try await ada.browser.post("/profile", form)
      let picture = try #require(try await ada.browser.get("/profile").uploads.first)
      for path in ["/", "/conversations/1", "/conversations/1?around=1"] {
        let after = try await ben.browser.get(path)
        #expect(after.contains("Augusta King") && !after.contains("Lovelace"), "\(path)")
        #expect(after.contains("/uploads/\(picture)") && !after.contains(">AL</span>"), "\(path)")
      }
      let older = try await ben.browser.get(
        "/conversations/1?before=9", ["HX-Request": "true", "HX-Target": "older"])
      #expect(older.contains("Augusta King") && !older.contains("Lovelace"))
      let replay = try await ben.browser.events(after: 0)
      #expect(try await replay.message("Hello").data.contains("Augusta King"))
      _ = try await ada.browser.post("/profile", ["fullName": "Augusta King", "removePicture": "1"])
      let last = try await ben.page(with: ada)
      #expect(!last.contains(picture) && last.contains(">AK</span>"))
    }
  }

  @Test(arguments: [false, true])
  func theAuthorIsGone(keepingMessages: Bool) async throws {
    try await TestServer.with(.init(deletionDelay: 0)) { server in
      let people = try await server.people("Ada Lovelace", "Ben")
      let (ada, ben) = (people[0], people[1])
      try await ada.write("By the mill", to: ben)
      _ = try await ada.send([("a.png", TinyImage.png())], to: ben)
      #expect(try await ben.page(with: ada).contains("By the mill"))
      #expect(try await ben.browser.get("/").contains("Lovelace"))
      try await ada.delete(keepingMessages: keepingMessages)
      try await server.deletionsDone()
      for path in ["/", "/conversations/1"] {
        let after = try await ben.browser.get(path)
        #expect(!after.contains("Lovelace") && after.uploads.isEmpty, "\(path)")
        #expect(!after.contains("By the mill") || keepingMessages && path != "/", "\(path)")
      }
      let page = try await ben.page(with: ada)
      #expect(page.html.count(of: "Message deleted") == (keepingMessages ? 2 : 3))
    }
  }

  @Test func anImageThatIsGoneAndBack() async throws {
    try await TestServer.with { server in
      let people = try await server.people("Ada", "Ben")
      let (ada, ben) = (people[0], people[1])
      _ = try await ada.send([("a.png", TinyImage.png())], to: ben)
      let name = try #require(try await ben.page(with: ada).uploads.first)
      let image = try await server.database.read { try Attachment.find(name, visibleTo: ben.id, in: $0) }
      // The file itself goes and comes back, so that the server finds the same when it looks by itself.
      let file = URL(filePath: server.app.uploads.path(of: try #require(image)))
      let elsewhere = server.folder.appending(path: "elsewhere")
      let stream = try await ben.events()
      for isMissing in [true, false] {
        let (from, to) = isMissing ? (file, elsewhere) : (elsewhere, file)
        try FileManager.default.moveItem(at: from, to: to)
        try await server.database.writer.write {
          try Attachment.note(name, isMissing: isMissing, at: 1, in: $0)
        }
        let page = try await ben.page(with: ada)
        #expect(page.uploads.isEmpty == isMissing)
        #expect(page.contains("Image no longer here") == isMissing)
        // An open page gets another message in the place of the one it has.
        _ = try await stream.first("the message as it is now") {
          $0.id != nil && $0.data.contains("hx-swap-oob=\"true\"") && $0.html.articles.count == 1
            && $0.data.contains("Image no longer here") == isMissing
        }
      }
    }
  }

  @Test func rowsAreTheirViewersOwn() async throws {
    try await TestServer.with { server in
      let people = try await server.people("Ada", "Ben", "Cem")
      let (ada, ben) = (people[0], people[1])
      for text in ["one", "two"] {
        try await ada.write(text, to: ben)
        let (mine, theirs) = (try await ada.browser.get("/"), try await ben.browser.get("/"))
        #expect(mine.html.row("u\(ben.id)")?.preview?.description == "You: <bdi>\(text)</bdi>")
        #expect(theirs.html.row("u\(ada.id)")?.preview?.description == text)
        #expect(theirs.html.row("u\(ada.id)")?.unread == (text == "one" ? "1" : "2"))
        #expect(mine.html.row("u\(people[2].id)")?.unread == "")
      }
      _ = try await ben.page(with: ada)
      let read = try await ben.browser.get("/")
      #expect(read.html.row("u\(ada.id)")?.unread == "")
      #expect(read.html.row("u\(ada.id)")?.contains("aria-current") == false)
      #expect(try await ben.page(with: ada).html.row("u\(ada.id)")?.contains("aria-current") == true)
    }
  }
}
