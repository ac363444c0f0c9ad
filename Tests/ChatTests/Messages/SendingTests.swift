import Foundation
import GRDB
import Testing
import Web

@testable import Chat

/// Sending a message through the composer's form.
@Suite struct SendingTests {
  @Test func theLongestAndOneMore() async throws {
    try await TestServer.with { server in
      let people = try await server.people("Ada", "Ben")
      let path = "/people/\(people[1].id)/messages"
      let longest = String(repeating: "😀", count: 5_000)
      #expect(try await people[0].browser.post(path, ["text": longest]).status == 303)
      let refused = try await people[0].browser.post(path, ["text": longest + "!"])
      #expect(refused.status == 422)
      #expect(refused.contains("5,001 characters"))
      #expect(refused.contains(longest + "!</textarea>"))
      #expect(refused.contains("id=\"text-error\""))
      let page = try await people[1].page(with: people[0])
      #expect(page.html.articles.count == 1)
      #expect(page.html.articles.first?.messageText == HTML(longest))
    }
  }

  @Test func whiteSpaceOnly() async throws {
    try await TestServer.with { server in
      let people = try await server.people("Ada", "Ben")
      let path = "/people/\(people[1].id)/messages"
      for text in ["", " ", "\r\n \t", "\u{3000}"] {
        let page = try await people[0].browser.post(path, ["text": text])
        #expect(page.status == 422)
        #expect(page.contains("Write something first."))
        #expect(page.contains("<!doctype html>"))
        let fragment = try await people[0].browser.post(path, ["text": text], ["HX-Request": "true"])
        #expect(fragment.status == 422)
        #expect(fragment.text.hasPrefix("<form class=\"composer\""))
        #expect(fragment.contains("id=\"text-error\""))
        #expect(fragment.contains("action=\"\(path)\""))
      }
      let counts = try await server.database.read {
        [
          try Int.fetchOne($0, sql: "SELECT count(*) FROM message"),
          try Int.fetchOne($0, sql: "SELECT count(*) FROM conversation"),
        ]
      }
      #expect(counts == [0, 0])
    }
  }

  @Test func lineBreaksAndNUL() async throws {
    try await TestServer.with { server in
      let people = try await server.people("Ada", "Ben")
      let path = "/people/\(people[1].id)/messages"
      let form = "text=one%0D%0Atwo%0Dthree%0A%0Afour%00five"
      #expect(try await people[0].browser.post(path, form: form).status == 303)
      let page = try await people[1].page(with: people[0])
      #expect(page.html.articles.first?.messageText == HTML("one\ntwo\nthree\n\nfour\u{FFFD}five"))
    }
  }

  @Test func theTextKeptForCorrection() async throws {
    try await TestServer.with { server in
      let people = try await server.people("Ada", "Ben")
      let text = "\n<b>\"\u{0301}</textarea>" + String(repeating: "x", count: 5_000)
      let answer = try await people[0].browser.post("/people/\(people[1].id)/messages", ["text": text])
      #expect(answer.status == 422)
      #expect(answer.html.count(of: "</textarea>") == 1)
      #expect(answer.contains(">\n\n&lt;b&gt;&quot;\u{0301}&lt;/textarea&gt;xxx"))
    }
  }

  @Test func groupedByAuthorWithinFiveMinutes() async throws {
    try await TestServer.with { server in
      let people = try await server.people("Ada", "Ben")
      try await people[0].write("one", to: people[1])
      try await people[0].write("two", to: people[1])
      try await people[1].write("three", to: people[0])
      try await people[0].write("four", to: people[1])
      try await server.database.writer.write { db in
        try db.execute(sql: "UPDATE message SET created_at = created_at - 300001")
      }
      try await people[0].write("five", to: people[1])
      try await people[0].write("six", to: people[1])
      let page = try await people[1].page(with: people[0])
      let continues = page.html.articles.map { $0.contains("<article class=\"message continues\"") }
      #expect(continues == [false, true, false, false, false, true])
    }
  }

  @Test func daysAreSetApart() async throws {
    try await TestServer.with { server in
      let people = try await server.people("Ada", "Ben")
      try await people[0].write("long ago", to: people[1])
      try await people[0].write("long ago too", to: people[1])
      try await server.database.writer.write { db in
        try db.execute(sql: "UPDATE message SET created_at = 1700000000000")
      }
      try await people[0].write("today", to: people[1])
      let page = try await people[1].page(with: people[0])
      let days = page.html.from("<p class=\"day\">", through: "</p>")
      #expect(days.count == 2)
      #expect(days.first?.contains("datetime=\"2023-11-14\">Tuesday 14 November 2023") == true)
      #expect(page.contains("datetime=\"2023-11-14T22:13:20.000Z\">22:13"))
      #expect(page.html.row("u\(people[0].id)")?.contains("class=\"when\"") == true)
    }
  }
}
