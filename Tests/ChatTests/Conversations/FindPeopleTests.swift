import Testing
import Web

@testable import Chat

/// Finding people by parts of their names, in any script, never by e-mail.
@Suite struct FindPeopleTests {
  static let names = [
    "Ada Lovelace", "Émile Zola", "李小龍", "Иван Петров", "محمد علي", "Ana María", "Pat O'Brien",
    "हिन्दी वाला", "Jean-Luc Picard", "Agent 007", "AND OR NOT", "Łukasz Nowak", "Øyvind Lie", "Đặng Thùy",
    "Işıl Ak",
    "Anna Groß", "Пётр Орлов", "أحمد سالم", "김민수", "王小明", "山田太郎", "鈴木 花子", "ＭＩＫＡ", "🦊 Reinhold Bärmann",
  ]

  private static let questions: [(find: String, names: [String])] = [
    ("ada", ["Ada Lovelace"]), ("LOV", ["Ada Lovelace"]), ("lo", ["Ada Lovelace"]),
    ("lov ada", ["Ada Lovelace"]), ("ada zola", []), ("velace", ["Ada Lovelace"]),
    ("ovelace", ["Ada Lovelace"]),
    ("emi", ["Émile Zola"]), ("ÉM", ["Émile Zola"]), ("e\u{0301}mile", ["Émile Zola"]),
    ("maria", ["Ana María"]), ("mari\u{0301}a", ["Ana María"]), ("maría", ["Ana María"]),
    ("李", ["李小龍"]), ("李小", ["李小龍"]), ("小龍", ["李小龍"]),
    ("иван", ["Иван Петров"]), ("ПЕТР", ["Иван Петров", "Пётр Орлов"]), ("محم", ["محمد علي"]),
    ("علي", ["محمد علي"]),
    ("brien", ["Pat O'Brien"]), ("o'b", ["Pat O'Brien"]), ("हिन्दी", ["हिन्दी वाला"]),
    ("हि", ["हिन्दी वाला"]), ("वा", ["हिन्दी वाला"]), ("luc", ["Jean-Luc Picard"]),
    ("jean-l", ["Jean-Luc Picard"]), ("007", ["Agent 007"]), ("00", ["Agent 007"]), ("7", ["Agent 007"]),
    ("lukasz", ["Łukasz Nowak"]), ("oyvind", ["Øyvind Lie"]), ("dang", ["Đặng Thùy"]), ("ışıl", ["Işıl Ak"]),
    ("IŞIL", ["Işıl Ak"]), ("isil", ["Işıl Ak"]), ("gross", ["Anna Groß"]), ("GROẞ", ["Anna Groß"]),
    ("петр", ["Иван Петров", "Пётр Орлов"]), ("احمد", ["أحمد سالم"]), ("민수", ["김민수"]), ("김미", ["김민수"]),
    ("小明", ["王小明"]), ("太郎", ["山田太郎"]), ("山田 太郎", ["山田太郎"]), ("鈴木花子", ["鈴木 花子"]),
    ("mika", ["ＭＩＫＡ"]), ("🦊", ["🦊 Reinhold Bärmann"]), ("mann", ["🦊 Reinhold Bärmann"]),
    ("baermann", ["🦊 Reinhold Bärmann"]), ("barmann reinh", ["🦊 Reinhold Bärmann"]),
    ("jeanluc", ["Jean-Luc Picard"]),
    ("obrien", ["Pat O'Brien"]), ("o’brien", ["Pat O'Brien"]),
    // What a query language would read as its own.
    ("and or", ["AND OR NOT"]), ("NOT", ["AND OR NOT"]), ("\"ada", ["Ada Lovelace"]),
    ("ada*", ["Ada Lovelace"]), ("full_name:ada", []), ("ada\0", ["Ada Lovelace"]), ("NEAR(ada zola)", []),
    ("*", []), ("\"", []), ("'); DROP TABLE user", []), ("^", []), ("-", []), ("\u{0301}", []),
    // Never by e-mail.
    ("example", []), ("org", []), ("hidden", []), ("hidden0@example.org", []), ("@", []),
  ]

  @Test func questionsAndAnswers() async throws {
    try await TestServer.with { server in
      let me = try await server.person("Me")
      for (number, name) in Self.names.enumerated() {
        _ = try await server.person(name, email: "hidden\(number)@example.org")
      }
      for (find, names) in Self.questions {
        let page = try await me.browser.get("/?find=\(URLQuery.encoded(find))")
        #expect(page.status == 200)
        #expect(Set(page.html.names) == Set(names.map(htmlEscaped)), "found for \(find)")
        if names.isEmpty { #expect(page.contains("Nobody by that name."), "for \(find)") }
      }
    }
  }

  @Test func nothingAskedIsEveryone() async throws {
    try await TestServer.with { server in
      let me = try await server.people("Ada", "Ben", "Me")[2]
      for find in ["", "+", "%20%20", "%E3%80%80"] {
        #expect(try await me.browser.get("/?find=\(find)").html.names == ["Ada", "Ben"])
      }
    }
  }

  @Test func conversationsAreFoundToo() async throws {
    try await TestServer.with { server in
      let people = try await server.people("Ada Lovelace", "Ada King", "Ben", "Me")
      let me = people[3]
      try await me.write("Hello", to: people[0])
      try await me.write("Hello", to: people[2])
      let page = try await me.browser.get("/?find=ada")
      #expect(page.html.names == ["Ada Lovelace", "Ada King"])
      #expect(page.html.row("u\(people[0].id)")?.preview == HTML("You: <bdi>Hello</bdi>"))
      #expect(page.contains("name=\"find\" type=\"search\" placeholder=\"Find people\" value=\"ada\""))
    }
  }

  @Test func inAnOpenConversation() async throws {
    try await TestServer.with { server in
      let people = try await server.people("Ada", "Ben", "Me")
      let me = people[2]
      try await me.write("Hello", to: people[0])
      let page = try await me.page(with: people[0], "?find=ben")
      #expect(page.html.names == ["Ben"])
      #expect(page.html.articles.count == 1)
      #expect(page.html.first("id=\"find-form\" method=\"get\" action=\"", "\"") == HTML("/conversations/1"))
    }
  }

  @Test func oneNeverFindsOneself() async throws {
    try await TestServer.with { server in
      let me = try await server.person("Ada Me")
      _ = try await server.person("Ada Other")
      #expect(try await me.browser.get("/?find=ada").html.names == ["Ada Other"])
    }
  }

  @Test func whatIsAskedIsShownAsText() async throws {
    try await TestServer.with { server in
      let me = try await server.person("Me")
      let page = try await me.browser.get("/?find=%22%CC%81%3E%3Cscript%3Ealert(1)%3C/script%3E%FF&online=1")
      #expect(page.contains("value=\"&quot;\u{0301}&gt;&lt;script&gt;alert(1)&lt;/script&gt;\u{FFFD}\""))
      #expect(!page.contains("<script>"))
    }
  }
}
