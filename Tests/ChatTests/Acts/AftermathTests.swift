import Foundation
import GRDB
import Testing

@testable import Chat

/// What the deletion of an account and a download of one's data know of acts.
@Suite struct AftermathTests {
  @Test(arguments: [true, false])
  func theAccountGoes(keepingMessages: Bool) async throws {
    try await TestServer.with(.init(deletionDelay: 0)) { server in
      let people = try await server.people("Ada", "Ben")
      let (ada, ben) = (people[0], people[1])
      try await ada.write("Xylophone", to: ben)
      let first = try await ada.newestMessage(with: ben)
      _ = try await ben.browser.post("/people/\(ada.id)/messages", ["text": "Indeed", "replyTo": "\(first)"])
      let second = try await ada.newestMessage(with: ben)
      try await ada.act("reactions", on: second, ["emoji": "👍"])
      try await ben.act("reactions", on: second, ["emoji": "🎉"])
      try await ada.act("pin", on: first)
      let stream = try await ben.events()
      try await ada.delete(keepingMessages: keepingMessages)
      let told = try await stream.first("she is gone") { $0.data.contains("Deleted account") }
      #expect(told.data.contains("[data-said-by='\(ada.id)']") == !keepingMessages)
      _ = try await stream.first("her reaction is gone") {
        $0.data.contains("reactions-\(second)") && !$0.data.contains("👍")
      }
      try await server.deletionsDone()
      let page = try await ben.browser.get("/conversations/1")
      #expect(!page.contains("👍") && page.contains("🎉") && !page.contains("Ada"))
      #expect(page.html.count(of: "Xylophone") == (keepingMessages ? 3 : 0))
      if !keepingMessages { #expect(try server.found(["Xylophone"]).isEmpty) }
      // Where nothing is left of a message, nobody has to unpin it, and nobody could.
      let pinned = try await server.database.read { try Int.fetchOne($0, sql: "SELECT count(*) FROM pin") }
      #expect(pinned == (keepingMessages ? 1 : 0))
      #expect(
        try await ben.act("reactions", on: first, ["emoji": "👍"]).status == (keepingMessages ? 303 : 409))
    }
  }

  @Test func theDownload() async throws {
    try await TestServer.with { server in
      let people = try await server.people("Ada", "Ben")
      let (ada, ben) = (people[0], people[1])
      for text in ["One", "Two"] { try await ada.write(text, to: ben) }
      let ids = try await ada.page(with: ben).html.articles.compactMap(\.messageID)
      try await ada.edit(ids[0], "Uno")
      try await ben.act("reactions", on: ids[0], ["emoji": "👍"])
      try await ben.act("pin", on: ids[0])
      try await ada.act("delete", on: ids[1])
      _ = try await ben.browser.post("/people/\(ada.id)/messages", ["text": "Three", "replyTo": "\(ids[0])"])
      let zip = try await ada.download()
      let name = try #require(zip.names.first { $0.hasSuffix("/1.json") })
      let json = try zip.html(name)
      for part in ["\"editedAt\":\"", "\"replyTo\":\(ids[0])", "\"emoji\":\"👍\",\"users\":[\(ben.id)]"] {
        #expect(json.contains(part), "\(part)")
      }
      #expect(!json.contains("Two"))
      let conversations = try zip.html("conversations.json")
      #expect(conversations.contains("\"pinned\":[\(ids[0])]"))
      let html = try zip.html(String(name.dropLast(4)) + "html")
      #expect(html.contains("edited") && html.contains("Message deleted") && html.contains("👍 1"))
      #expect(html.count(of: "Uno") == 2)
    }
  }
}
