import Foundation
import GRDB
import Testing

@testable import Chat

/// Who came and went, told and written down together.
@Suite struct PresenceNewsTests {
  @Test func eachPersonOnceAsTheyAreNow() {
    var news = PresenceNews()
    news.came(1)
    news.went(1, lastSeen: 10)
    news.went(2, lastSeen: 20)
    news.came(2)
    news.came(3)
    news.remove(3)
    let taken = news.take()
    #expect(taken.people == [1: 10, 2: nil])
    #expect(news.take().people.isEmpty)
  }

  @Test func writtenDown() async throws {
    let folder = try DataFolder(TestServer.newFolder())
    let database = try ChatDatabase(path: folder.database)
    let hash = try TestServer.quickHash()
    try await database.writer.write { db in
      for name in ["Ada", "Ben"] {
        _ = try User.create(
          name: FullName(name), email: EmailAddress("\(name)@example.org"), hash: hash, at: 1, in: db)
      }
      var news = PresenceNews()
      news.came(1)
      news.came(2)
      try news.take().write(in: db)
      news.went(2, lastSeen: 20)
      try news.write(in: db)
      let rows = try Row.fetchAll(db, sql: "SELECT id, is_online, last_seen_at FROM user ORDER BY id")
      #expect(rows.map { [$0[0], $0[1], $0[2]] as [Int64?] } == [[1, 1, nil], [2, 0, 20]])
    }
    await database.close()
    try FileManager.default.removeItem(at: folder.url)
  }

  /// One event tells of all who came meanwhile; a group alone makes nobody a watcher.
  @Test func manyAtOnce() async throws {
    try await TestServer.with { server in
      let people = try await server.people("A", "B", "C", "D", "E", "F", "Watcher", "Fellow")
      try await server.database.writer.write { db in
        try db.execute(sql: "INSERT INTO conversation (kind, name, created_at) VALUES ('group', 'All', 1)")
        let group = db.lastInsertedRowID
        for person in people {
          try db.execute(
            sql: "INSERT INTO member (conversation_id, user_id, joined_at) VALUES (?, ?, 1)",
            arguments: [group, person.id])
        }
      }
      let comers = people.prefix(6)
      let watcher = try await people[6].events()
      let newcomer = try await server.person("Newcomer")
      // Whoever is new is on every page that is open when the hub hears of them; by now it has heard of all others.
      _ = try await watcher.first("the newcomer") { $0.id != nil && $0.data.contains(newcomer.name) }
      let fellow = try await people[7].browser.events()
      let streams = try await withThrowingTaskGroup { group in
        for person in comers { group.addTask { try await person.browser.events() } }
        return try await group.reduce(into: []) { $0.append($1) }
      }
      func told(_ stream: EventStream) -> [EventStream.Event] {
        stream.events.filter { $0.name == "presence" && $0.data.contains(">online<") }
      }
      try await eventually("all are online") {
        let data = told(watcher).map(\.data).joined()
        return comers.allSatisfy { data.contains("[data-presence='\($0.id)']\">online<") }
      }
      #expect(told(watcher).count < comers.count)
      _ = try await fellow.first("the count") { $0.data.contains("7 online") }
      #expect(told(fellow).isEmpty)
      #expect(streams.count == 6)
    }
  }
}
