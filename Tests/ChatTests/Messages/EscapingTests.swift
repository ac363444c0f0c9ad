import GRDB
import Testing
import Web

@testable import Chat

/// What people wrote is shown as text, wherever it is shown.
@Suite struct EscapingTests {
  @Test func inAMessage() async throws {
    try await TestServer.with { server in
      for payload in Payload.all {
        let people = try await server.people("Ada \(payload.description)", "Ben")
        let stream = try await people[1].events()
        let path = "/people/\(people[1].id)/messages"
        let answer = try await people[0].browser.post(
          path, form: "text=\(payload.sent)", ["HX-Request": "true"])
        #expect(answer.status == 200)
        let event = try await stream.first("the message") { !$0.html.articles.isEmpty }
        for page in [
          answer.html, event.html, try await people[0].page(with: people[1]).html,
          try await people[1].page(with: people[0]).html,
        ] {
          #expect(page.articles.count == 1)
          #expect(page.articles.first?.messageText == payload.shown)
        }
        // The rows beside it are whole.
        let home = try await people[1].browser.get("/").html
        let count = try await server.database.read { try Int.fetchOne($0, sql: "SELECT count(*) FROM user") }
        #expect(home.rows.count + 1 == count)
        #expect(home.rows.allSatisfy { $0.preview != nil })
        #expect(home.row("u\(people[0].id)")?.preview == payload.shown)
      }
    }
  }

  @Test func inAName() async throws {
    try await TestServer.with { server in
      let viewer = try await server.person("Viewer")
      for (number, payload) in Payload.all.enumerated() {
        let shown = payload.shown.description
        let browser = Browser(server)
        let stream = try await viewer.events()
        let signUp = try await browser.post(
          "/signup", form: "email=a\(number)@b.c&password=long+enough&fullName=\(payload.sent)")
        #expect(signUp.status == 303)
        let event = try await stream.first("the newcomer") { !$0.html.rows.isEmpty }
        let own = try await browser.get("/").html
        #expect(own.contains("data-viewer-name=\"\(shown)\" data-event="))
        let id = try #require(own.attribute("data-viewer"))
        let home = try await viewer.browser.get("/").html
        #expect(home.rows.count == number + 1)
        let row = try #require(home.row("u\(id)"))
        #expect(row.name == payload.shown)
        #expect(event.html.names == [shown])
        let sortName = try #require(row.attribute("data-name"))
        #expect(!sortName.utf8.contains(UInt8(ascii: "<")) && !sortName.utf8.contains(UInt8(ascii: ">")))
        let person = try await viewer.browser.get("/people/\(id)").html
        #expect(person.after("<main")?.name == payload.shown)
        #expect(person.contains("<title>\(shown) · Nextalk</title>"))
        _ = try await browser.post("/people/\(viewer.id)/messages", ["text": "Hello"])
        let message = try await stream.message("Hello").html
        let page = try await viewer.browser.get("/conversations/\(number + 1)").html
        #expect(page.articles == message.articles)
        #expect(page.articles.first?.author == payload.shown)
        #expect(page.rows.allSatisfy { $0.preview == HTML("Hello") }, "the lines beside it")
      }
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
