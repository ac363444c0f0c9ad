import GRDB
import Testing

@testable import Chat

/// What ``QueryPlans`` finds, and that what people do most reaches it.
@Suite struct QueryPlanTests {
  @Test(arguments: [
    ("SELECT * FROM message", true),
    ("SELECT count(*) FROM user", true),
    ("SELECT id FROM user ORDER BY sort_name, id", true),
    ("SELECT id FROM message WHERE conversation_id = ? ORDER BY created_at", true),
    ("SELECT * FROM user WHERE full_name LIKE ?", true),
    ("SELECT rowid FROM user_name", true),
    ("UPDATE member SET joined_at = 0", true),
    ("DELETE FROM event WHERE kind = ?", true),
    ("INSERT INTO event_log SELECT id FROM session WHERE used_at < ?", true),
    ("SELECT id FROM message WHERE conversation_id = ? AND id < ? ORDER BY id DESC LIMIT 50", false),
    ("SELECT rowid FROM user_name WHERE user_name MATCH ?", false),
    ("SELECT max(id) FROM event", false),
    ("SELECT pruned_through FROM event_log", false),
    ("UPDATE user SET theme = ? WHERE id = ?", false),
  ])
  func aScanOrASort(sql: String, grows: Bool) async throws {
    let folder = try DataFolder(TestServer.newFolder())
    let database = try ChatDatabase(path: folder.database)
    let problems = try await database.read { try QueryPlans.problems(of: sql, in: $0) }
    #expect(problems.isEmpty != grows, "\(problems)")
    await database.close()
  }

  /// ``TestServer`` looks at the plans when it stops.
  @Test func everyPageAndForm() async throws {
    try await TestServer.with(.init(deletionDelay: 0)) { server in
      let ada = try await server.signUp("Ada", email: "ada@example.org")
      let ben = try await server.person("Ben")
      let stream = try await ben.events()
      try await ada.write("Hello", to: ben)
      _ = try await ada.send([("a.png", TinyImage.png())], to: ben)
      _ = try await stream.message("Hello")
      for path in [
        "/", "/?find=a", "/?find=a&online=1", "/?online=1", "/?start=9", "/?start=1.a", "/people/2",
        "/conversations/1", "/conversations/1?before=9", "/conversations/1?around=1", "/profile", "/settings",
        "/settings/theme", "/settings/data", "/settings/deletion", "/health",
      ] {
        let answer = try await ada.browser.get(path)
        #expect([200, 303].contains(answer.status), "\(path)")
      }
      _ = try await ben.browser.events(after: 0)
      for (path, fields) in [
        ("/people/1/read", ["message": "1"]), ("/profile", ["fullName": "Benjamin"]),
        ("/settings", ["theme": "dark"]), ("/settings/data", [:]),
      ] as [(String, KeyValuePairs<String, String>)] {
        let answer = try await ben.browser.post(path, fields)
        #expect(answer.status < 400, "\(path)")
      }
      _ = try await Browser(server).post("/login", ["email": "ada@example.org", "password": Person.password])
      try await ada.delete()
      try await server.deletionsDone()
      _ = try await ben.browser.post("/logout", [:])
      let known = QueryPlans.all.known
      for table in ["user", "session", "conversation", "member", "message", "event", "attachment"] {
        #expect(known.contains { $0.contains("FROM \(table) ") || $0.contains("FROM \(table)\n") })
      }
    }
  }
}
