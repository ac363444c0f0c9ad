import Foundation
import Testing
import Web

@testable import Chat

/// What people wrote is shown as text, wherever it is shown.
@Suite struct EscapingTests {
  /// What is markup in a page, without what people wrote.
  private func tags(_ page: HTML) -> Int { page.count(of: "<") }

  @Test(arguments: Payload.all) func inAMessage(payload: Payload) async throws {
    try await TestServer.with { server in
      let people = try await server.people("Ada", "Ben")
      let stream = try await people[1].events()
      let path = "/people/\(people[1].id)/messages"
      let answer = try await people[0].browser.post(
        path, form: "text=\(payload.sent)", ["HX-Request": "true"])
      #expect(answer.status == 200)
      let event = try await stream.first("the message") { !$0.html.articles.isEmpty }
      let pages = [
        answer.html, event.html, try await people[0].page(with: people[1]).html,
        try await people[1].page(with: people[0]).html,
      ]
      for page in pages {
        #expect(page.articles.count == 1)
        #expect(page.articles.first?.messageText == payload.shown)
        #expect(page.rows.count == 1)
      }
      try await people[0].write("plain", to: people[1])
      let preview = try #require(try await people[1].browser.get("/").html.rows.first?.preview)
      #expect(preview == HTML("plain"))
    }
  }

  @Test(arguments: Payload.all) func inAName(payload: Payload) async throws {
    try await TestServer.with { server in
      let browser = Browser(server)
      let viewer = try await server.person("Viewer")
      let stream = try await viewer.events()
      let sign = try await browser.post(
        "/signup", form: "email=a@example.org&password=long+enough&fullName=\(payload.sent)")
      #expect(sign.status == 303)
      let row = try await stream.first("the newcomer") { !$0.html.rows.isEmpty }
      let home = try await viewer.browser.get("/").html
      let own = try await browser.get("/").html
      let conversation = try await viewer.browser.get("/people/2").html
      let shown = payload.shown.description
      #expect(home.rows.count == 1 && row.html.rows.count == 1)
      #expect(home.rows.first == row.html.rows.first?.replacingPresence(of: home.rows.first))
      #expect(own.contains("data-viewer-name=\"\(shown)\" data-event="))
      #expect(conversation.contains("<h1 dir=\"auto\">\(shown)</h1>"))
      #expect(conversation.contains("<title>\(shown) · Nextalk</title>"))
      let plain = try await server.person("Plain")
      _ = try await browser.post("/people/\(viewer.id)/messages", ["text": "Hello"])
      let page = try await viewer.browser.get("/conversations/1").html
      #expect(page.articles.first?.contains("<p class=\"author\" dir=\"auto\">\(shown)</p>") == true)
      // The lines beside it are whole.
      #expect(page.names.contains("Plain"))
      #expect(page.row("u\(plain.id)")?.preview == HTML("No messages yet"))
      let sortName = try #require(page.row("u2")?.attribute("data-name"))
      #expect(!sortName.utf8.contains(UInt8(ascii: "<")) && !sortName.utf8.contains(UInt8(ascii: ">")))
    }
  }

  @Test func fiveThousandEmoji() async throws {
    try await TestServer.with { server in
      let people = try await server.people("Ada", "Ben")
      let name = String(repeating: "😀", count: 80)
      let emoji = try await server.person(name)
      let stream = try await people[1].events()
      let text = String(repeating: "😀", count: 5_000)
      try await emoji.write(text, to: people[1])
      let event = try await stream.message(text)
      #expect(event.html.rows.first?.preview?.description.count ?? 0 <= 120)
      let page = try await people[1].page(with: emoji)
      #expect(page.html.articles == event.html.articles)
      #expect(page.html.names == [name, "Ada"])
    }
  }

  @Test func whatAFormBringsBack() async throws {
    try await TestServer.with { server in
      let answer = try await Browser(server).post(
        "/signup", form: "fullName=%22%CC%81%3E%3Cb%3E%00%FF&email=%22%CC%81%3E%3Cb%3E&password=x")
      #expect(answer.status == 422)
      #expect(
        answer.contains("value=\"&quot;\u{0301}&gt;&lt;b&gt;\u{0}\u{FFFD}\"")
          || answer.contains("value=\"&quot;\u{0301}&gt;&lt;b&gt;\u{FFFD}\u{FFFD}\""))
      #expect(!answer.contains("<b>"))
      let login = try await Browser(server).post(
        "/login?next=%22%CC%81%3E%3Cb%3E", form: "email=%22%CC%81%3E%3Cb%3E&password=x")
      #expect(login.status == 422)
      #expect(login.contains("value=\"&quot;\u{0301}&gt;&lt;b&gt;\""))
      #expect(!login.contains("<b>"))
    }
  }
}

extension HTML {
  /// The same row with the presence of another: pages of the same moment may differ in it.
  fileprivate func replacingPresence(of other: HTML?) -> HTML {
    guard let own = presence, let presence = other?.presence else { return self }
    return HTML(
      description.replacing(
        ">\(own)</span>\n<span class=\"preview\"", with: ">\(presence)</span>\n<span class=\"preview\""))
  }
}
