import Foundation
import Testing

@testable import Chat

/// What a download holds.
@Suite struct ExportContentTests {
  @Test func allOfOnesOwnAndNothingElse() async throws {
    try await TestServer.with { server in
      let people = try await server.people("Ada", "Ben", "Eve")
      let (ada, ben, eve) = (people[0], people[1], people[2])
      _ = try await ada.browser.post("/settings", ["theme": "nord"])
      _ = try await ada.browser.post("/settings/privacy", [:])
      _ = try await ada.browser.post("/settings/clock", ["timeZone": "Tokyo", "hours": "12"])
      try await ada.write("From Ada to Ben", to: ben)
      try await ben.write("From Ben to Ada", to: ada)
      try await eve.write("From Eve to Ada", to: ada)
      try await eve.write("Secret of two others", to: ben)
      let secret = TinyImage.png(width: 9, text: "no")
      _ = try await eve.send([("s.png", secret)], text: "Secret image", to: ben)
      _ = try await ben.send([("b.png", TinyImage.png(width: 5))], alts: ["A grey line"], to: ada)
      let zip = try await ada.download()
      let all = HTML(zip.files.sorted { $0.key < $1.key }.flatMap(\.value))
      for text in ["From Ada to Ben", "From Ben to Ada", "From Eve to Ada"] {
        #expect(all.count(of: text) == 2, "\(text): in a page and in a file for programs")
      }
      #expect(!all.contains("Secret") && !all.contains(ben.email) && !all.contains(eve.email))
      #expect(zip.names.filter { $0.hasPrefix("images/") }.count == 1)
      let profile = try zip.json("profile.json", as: [String: Either].self)
      #expect(profile["fullName"] == .text("Ada") && profile["email"] == .text(ada.email))
      let settings = try zip.json("settings.json", as: JSONSettings.self)
      #expect(settings.theme == "nord" && settings.showsPresence == false)
      #expect(settings.timeZone == "Asia/Tokyo" && settings.hours == 12)
      let index = try zip.html("index.html")
      #expect(index.contains("<dt>Shown to others when online and last here</dt><dd>No</dd>"))
      #expect(index.contains("<dt>Time zone</dt><dd>Asia/Tokyo</dd>") && index.contains("<dd>12 hours</dd>"))
      #expect(index.contains("in the time zone Asia/Tokyo."))
      // The conversation with the newest message is the first.
      let list = try zip.html("index.html").between("href=\"conversations/", "/1.html\"").map(\.description)
      #expect(list.count == 2)
      let page = try zip.json("conversations/\(try #require(list.first))/1.json", as: JSONPage.self)
      #expect(page.next == nil && page.messages.map(\.text) == ["From Ada to Ben", "From Ben to Ada", ""])
      #expect(page.messages.map(\.author.fullName) == ["Ada", "Ben", "Ben"])
      let image = try #require(page.messages.last?.images.first)
      #expect(image.alt == "A grey line" && image.width == 5 && image.mediaType == "image/png")
      let file = try #require(image.file)
      #expect(try zip.bytes(file) == TinyImage.png(width: 5))
      let html = try zip.html("conversations/\(try #require(list.first))/1.html")
      #expect(html.contains("<img src=\"../../\(file)\" width=\"5\" height=\"2\" alt=\"A grey line\""))
      #expect(html.contains("<html lang=\"en\" dir=\"ltr\" data-theme=\"nord\">"))
      #expect(try zip.html("style.css").contains("[data-author=\"\(ada.id)\"]"))
      #expect(Set(zip.files.keys.map { $0.prefix { $0 != "/" } }).count == 1)
      #expect(zip.files.keys.allSatisfy { $0.hasPrefix("nextalk-data-2") && !$0.contains("..") })
    }
  }

  @Test func longConversationsHavePages() async throws {
    try await TestServer.with { server in
      let people = try await server.people("Ada", "Ben")
      let (ada, ben) = (people[0], people[1])
      let texts = (1...(2 * ExportedPage.size + 1)).map { "Number \($0)." }
      try await server.history(texts, from: ada.id, to: ben.id)
      let zip = try await ben.download()
      var (found, next) = ([JSONMessage](), zip.names.first { $0.hasSuffix("/1.json") })
      while let name = next {
        let page = try zip.json(name, as: JSONPage.self)
        found += page.messages
        next = page.next
      }
      #expect(found.map(\.text) == texts)
      #expect(found.allSatisfy { $0.sentAt.hasSuffix("Z") && $0.sentAt.contains("T") })
      let pages = zip.names.filter { $0.hasPrefix("conversations/") && $0.hasSuffix(".html") }
      #expect(pages.count == 3)
      for (number, page) in pages.enumerated() {
        let html = try zip.html(page)
        #expect(html.contains("href=\"\(number).html\" rel=\"prev\"") == (number > 0))
        #expect(html.contains("href=\"\(number + 2).html\" rel=\"next\"") == (number < 2))
        #expect(html.from("<article", through: "</article>").count == (number < 2 ? ExportedPage.size : 1))
        #expect(!(html.from("<article", through: ">").first?.contains("continues") ?? true))
      }
      #expect(try zip.html(pages[2]).contains("Messages 401 to 401."))
    }
  }

  @Test func aMissingImageIsALine() async throws {
    try await TestServer.with { server in
      let people = try await server.people("Ada", "Ben")
      let (ada, ben) = (people[0], people[1])
      _ = try await ada.send([("a.png", TinyImage.png()), ("b.png", TinyImage.png(width: 8))], to: ben)
      let name = try #require(try await ben.page(with: ada).uploads.first)
      try FileManager.default.removeItem(at: server.file(name))
      let zip = try await ben.download()
      #expect(zip.names.filter { $0.hasPrefix("images/") }.count == 1)
      let json = try #require(zip.names.first { $0.hasSuffix("/1.json") })
      let images = try zip.json(json, as: JSONPage.self).messages.flatMap(\.images)
      #expect(images.map { $0.file == nil } == [true, false])
      let html = try zip.html(String(json.dropLast(4)) + "html")
      #expect(html.contains("Image no longer here: Image from Ada") && html.count(of: "<img ") == 1)
    }
  }

  @Test(arguments: Payload.all) func pagesAreSafe(payload: Payload) async throws {
    try await TestServer.with { server in
      let people = try await server.people("Ada <b>&\"'../..", "Ben")
      let (ada, ben) = (people[0], people[1])
      let path = "/people/\(ben.id)/messages"
      #expect(try await ada.browser.post(path, form: "clientId=&text=\(payload.sent)").status == 303)
      let zip = try await ben.download()
      let name = try #require(zip.names.first { $0.hasSuffix("/1.html") })
      let html = try zip.html(name)
      #expect(html.messageText == payload.shown)
      #expect(html.contains("Ada &lt;b&gt;&amp;&quot;&#39;../..") && !html.contains("<b>"))
      #expect(zip.files.keys.allSatisfy { $0.utf8.allSatisfy { $0 < 128 } && !$0.contains("..") })
    }
  }

  @Test func whoHasNothing() async throws {
    try await TestServer.with { server in
      let ada = try await server.person("Ada")
      #expect(try await ada.browser.get("/settings/data").contains("You have not written with anyone yet."))
      let zip = try await ada.download()
      #expect(
        zip.names == ["conversations.json", "index.html", "profile.json", "settings.json", "style.css"])
      #expect(try zip.html("index.html").contains("You have not written with anyone yet."))
    }
  }
}

/// A number or a text.
private enum Either: Decodable, Equatable {
  case number(Int64)
  case text(String)

  init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    self =
      if let number = try? container.decode(Int64.self) { .number(number) } else {
        .text(try container.decode(String.self))
      }
  }
}
