import Foundation
import Testing

@testable import Chat

/// The sidebar opens with one page of it, more on demand.
@Suite struct SidebarPagingTests {
  private func more(_ html: HTML) -> String? {
    html.first("<li id=\"more-rows\"><a class=\"button\" href=\"", "\"")?.description
      .replacing("&amp;", with: "&")
  }

  /// Follows *Show more people* to the end.
  private func all(_ browser: Browser, _ path: String = "/") async throws -> (names: [String], pages: Int) {
    var names: [String] = []
    var next: String? = path
    var pages = 0
    while let address = next {
      let page = try await browser.get(address)
      #expect(page.status == 200)
      #expect(page.html.rows.count <= 30)
      names += page.html.names
      next = more(page.html)
      pages += 1
      try #require(pages < 20)
    }
    return (names, pages)
  }

  @Test func everyoneOnce() async throws {
    try await TestServer.with { server in
      let me = try await server.person("Me")
      _ = try await server.crowd(75)
      let (names, pages) = try await all(me.browser)
      #expect(names.count == 75)
      #expect(Set(names).count == 75)
      #expect(names == names.sorted())
      #expect(pages == 3)
    }
  }

  @Test(arguments: [29, 30, 31, 45]) func fromConversationsToPeople(conversations: Int) async throws {
    try await TestServer.with { server in
      let me = try await server.person("Me")
      let ids = try await server.crowd(60)
      for id in ids.prefix(conversations) { try await server.history(["Hello"], from: id, to: me.id) }
      let (names, _) = try await all(me.browser)
      let expected =
        (0..<conversations).reversed().map { String(format: "Guest %05d", $0) }
        + (conversations..<60).map { String(format: "Guest %05d", $0) }
      #expect(names == expected)
    }
  }

  @Test func exactlyOnePage() async throws {
    try await TestServer.with { server in
      let me = try await server.person("Me")
      _ = try await server.crowd(30)
      let page = try await me.browser.get("/")
      #expect(page.html.rows.count == 30)
      #expect(more(page.html) == nil)
    }
  }

  @Test func manyWhoAreFound() async throws {
    try await TestServer.with { server in
      let me = try await server.person("Me")
      _ = try await server.crowd(65)
      _ = try await server.crowd(5, named: "Other")
      #expect(try await all(me.browser, "/?find=gue").names.count == 65)
      #expect(try await all(me.browser, "/?find=oth").names.count == 5)
    }
  }

  @Test func asAFragment() async throws {
    try await TestServer.with { server in
      let me = try await server.person("Me")
      _ = try await server.crowd(40)
      let address = try #require(more(try await me.browser.get("/").html))
      let rest = try await me.browser.get(address, ["HX-Request": "true", "HX-Target": "more-rows"])
      #expect(rest.html.rows.count == 10)
      #expect(!rest.contains("<nav") && !rest.contains("<html"))
      let rows = try await me.browser.get(
        "/?find=guest%2000001", ["HX-Request": "true", "HX-Target": "rows"])
      #expect(rows.text.hasPrefix("<div id=\"rows\""))
      #expect(rows.html.names == ["Guest 00001"])
      let page = try await me.browser.get(address)
      #expect(page.contains("Back to the start of the list"))
    }
  }

  @Test func anyStart() async throws {
    try await TestServer.with { server in
      let me = try await server.person("Me")
      for start in [
        "x", "0", "-1", "99999999999999999999", "1.", ".", "1.%00", "1.Guest%20000", "9223372036854775807",
      ] {
        let page = try await me.browser.get("/?start=\(start)")
        #expect(page.status == 200, "\(start)")
      }
    }
  }

  @Test func tenThousandOpenAtOnce() async throws {
    try await TestServer.with { server in
      let me = try await server.person("Me")
      _ = try await server.crowd(10_000)
      let time = try await ContinuousClock().measure {
        let page = try await me.browser.get("/")
        #expect(page.html.rows.count == 30)
      }
      #expect(time < .seconds(2))
      let found = try await me.browser.get("/?find=guest%2009999")
      #expect(found.html.names == ["Guest 09999"])
    }
  }
}
