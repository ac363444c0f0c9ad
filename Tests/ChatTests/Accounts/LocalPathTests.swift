import Testing

@testable import Chat

/// Where `?next=` may lead.
@Suite struct LocalPathTests {
  @Test(arguments: [
    "/", "/conversations/3", "/conversations/3?before=9", "/people/7#newest", "/?find=a%20b", "/loginx",
    "/a//b",
  ])
  func local(path: String) { #expect(LocalPath(path).text == path) }

  static let foreign = [
    "", "//evil.example", "///evil.example", "https://evil.example/", "http:evil.example", "evil.example",
    "/\\evil.example", "\\\\evil.example", "/\t/evil.example", "/\n/evil.example", " //evil.example",
    "javascript:alert(1)", "/a\r\nSet-Cookie: x=y", "/\0", "/ä", "/login", "/login?next=/", "/logout",
    "/signup#x", "\u{FEFF}//evil.example", "/\u{2028}/evil.example",
  ]

  @Test(arguments: foreign) func elsewhere(path: String) { #expect(LocalPath(path).text == "/") }

  @Test func asAQuery() {
    #expect(LocalPath("/").query(of: "/login") == "/login")
    #expect(LocalPath("/a?b=c&d").query(of: "/login") == "/login?next=/a%3Fb%3Dc%26d")
  }

  @Test func afterALogIn() async throws {
    try await TestServer.with { server in
      let ada = try await server.person("Ada")
      func next(_ path: String) async throws -> String? {
        let query = LocalPath("/?x").query(of: "/login").replacing("/%3Fx", with: encoded(path))
        let page = try await Browser(server).get(query)
        let action = try #require(page.html.first("action=\"", "\"")).description
        let answer = try await Browser(server).post(
          action, ["email": ada.email, "password": Person.password])
        #expect(answer.status == 303)
        return answer.location
      }
      #expect(try await next("/people/7?renew") == "/people/7?renew")
      #expect(try await next("//evil.example") == "/")
      #expect(try await next("/\\evil.example") == "/")
      #expect(try await next("https://evil.example") == "/")
    }
  }

  private func encoded(_ path: String) -> String {
    path.utf8.map { "%" + ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
  }
}
