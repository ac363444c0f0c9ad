import Foundation
import GRDB
import Synchronization
import Testing

@testable import Chat

/// What sending, reading and showing messages asks of the database.
@Suite struct PostingTests {
  /// The statements of a server, without what only frames them.
  private final class Statements: Sendable {
    private let all = Mutex<[String]>([])

    var wishes: TestServer.Wishes {
      .init(trace: { sql in
        let frames = ["BEGIN", "COMMIT", "SAVEPOINT", "RELEASE", "PRAGMA", "ROLLBACK", "--"]
        // The server looks through its files after a start.
        let isSweep = sql.contains("FROM attachment WHERE name >=")
        guard !isSweep, !frames.contains(where: sql.hasPrefix) else { return }
        self.all.withLock { $0.append(sql) }
      })
    }

    /// Those of a while.
    func during(_ body: () async throws -> Void) async throws -> [String] {
      all.withLock { $0 = [] }
      try await body()
      return all.withLock { $0 }
    }
  }

  /// From the form to the push. It took 18 when each part read what it needed by itself.
  @Test func aSentMessageIsReadOnce() async throws {
    let statements = Statements()
    try await TestServer.with(statements.wishes) { server in
      let people = try await server.people("Ada", "Ben")
      try await people[0].write("first", to: people[1])
      let stream = try await people[1].events()
      _ = try await people[0].browser.get("/conversations/1")
      try await eventually("both are written down as online") {
        try await server.database.read {
          try Int.fetchOne($0, sql: "SELECT count(*) FROM user WHERE is_online = 1") == 2
        }
      }
      // Of several the least, since the server looks after other things too.
      var least: [String] = []
      for number in 0..<5 {
        let sent = try await statements.during {
          let answer = try await people[0].browser.post(
            "/conversations/1/messages", ["text": "number \(number)"], ["HX-Request": "true"])
          #expect(answer.status == 200)
          _ = try await stream.message("number \(number)")
        }
        if least.isEmpty || sent.count < least.count { least = sent }
        #expect(!sent.contains { $0.contains("FROM message JOIN user AS author") })
      }
      #expect(least.count <= 8, "\(least.joined(separator: "\n"))")
    }
  }

  @Test func imagesAndCountsAreReadTogether() async throws {
    let statements = Statements()
    try await TestServer.with(statements.wishes) { server in
      let people = try await server.people("Ada", "Ben", "Cem", "Dan")
      for _ in 0..<4 { _ = try await people[1].send([("a.png", TinyImage.png())], to: people[0]) }
      for other in people[2...] { try await other.write("Hello", to: people[0]) }
      let read = try await statements.during {
        let page = try await people[0].browser.get("/conversations/1")
        #expect(page.uploads.count >= 4)
        #expect(page.html.rows.filter { $0.unread == "1" }.count == 2)
      }
      #expect(read.count { $0.contains("JOIN attachment") } == 1)
      #expect(read.count { $0.contains("AS unread") } <= 2)
    }
  }

  /// Three hundred people who read one message make a handful of writes.
  @Test func readingCostsAGroupNothing() async throws {
    let commits = Mutex(0)
    let wishes = TestServer.Wishes(trace: { sql in
      if sql.hasPrefix("BEGIN IMMEDIATE") { commits.withLock { $0 += 1 } }
    })
    try await TestServer.with(wishes) { server in
      let ada = try await server.person("Ada")
      let group = try await TestGroup.make("All", on: server)
      let crowd = try await server.crowd(300)
      let tokens = crowd.map { _ in SessionToken() }
      try await server.app.database.writer.write { db in
        for (person, token) in zip(crowd, tokens) {
          try Session.begin(token, for: person, at: Date.now.milliseconds, in: db)
          try Membership.begin(of: person, in: group.id, at: 1, in: db)
        }
        try Membership.begin(of: ada.id, in: group.id, at: 1, in: db)
      }
      try await group.write("to all", by: ada)
      let message = try await server.database.read {
        try Int64.fetchOne($0, sql: "SELECT max(id) FROM message")
      }
      let id = try #require(message)
      let before = commits.withLock { $0 }
      try await withThrowingTaskGroup { tasks in
        for token in tokens {
          tasks.addTask {
            let browser = Browser(server)
            browser.cookies[Session.cookie] = token.text
            let answer = try await browser.post("/conversations/\(group.id)/read", ["message": "\(id)"])
            #expect(answer.status == 204)
          }
        }
        try await tasks.waitForAll()
      }
      try await eventually("all marks") {
        try await server.database.read {
          try Int.fetchOne(
            $0, sql: "SELECT count(*) FROM member WHERE last_read_message_id = ?", arguments: [id]) == 301
        }
      }
      // Two marks, the furthest and where the unread begins.
      #expect(commits.withLock { $0 } - before <= 8, "reading, and what else the server writes meanwhile")
    }
  }

  @Test func whatWasReadIsWrittenDownAtAStop() async throws {
    let folder = TestServer.newFolder()
    let first = People()
    try await TestServer.with(folder: folder) { server in
      let people = try await server.people("Ada", "Ben")
      try await people[0].write("Hello", to: people[1])
      _ = try await people[1].page(with: people[0])
      first.keep(people)
    }
    try await TestServer.with(folder: folder) { server in
      let mark = try await server.database.read {
        try ReadMark.of(first.all[1].id, in: 1, db: $0)
      }
      #expect(mark?.furthest == 1 && mark?.unreadAfter == 1)
    }
  }

  /// Setting back what is unread does not take back what was read.
  @Test func theFurthestMarkNeverGoesBack() async throws {
    try await TestServer.with { server in
      let people = try await server.people("Ada", "Ben")
      for text in ["one", "two", "three"] { try await people[0].write(text, to: people[1]) }
      _ = try await people[1].page(with: people[0])
      _ = try await people[1].browser.get("/")
      try await server.app.database.writer.write { [pages = server.app.database.pages] db in
        try db.execute(
          sql: "UPDATE member SET unread_after_message_id = 1 WHERE user_id = ?", arguments: [people[1].id])
        pages.tell(.only(people[1].id))
      }
      #expect(try await people[1].browser.get("/").html.rows.first?.unread == "2")
      let mark = try await server.database.read { try ReadMark.of(people[1].id, in: 1, db: $0) }
      #expect(mark?.furthest == 3 && mark?.unreadAfter == 1)
    }
  }
}
