import Foundation
import GRDB

@testable import Chat

/// A group as its members make it, past the pages.
struct TestGroup: Sendable {
  let server: TestServer
  let id: Conversation.ID

  static func make(_ name: String, on server: TestServer, showsEarlier: Bool = false) async throws
    -> TestGroup
  {
    let now = Date.now.milliseconds
    let id = try await server.app.database.writer.write { db in
      try db.execute(
        // Counted as one more than are in it, so that it is not taken for one that all have left.
        sql: """
          INSERT INTO conversation (kind, name, created_at, shows_earlier, member_count)
          VALUES ('group', ?, ?, ?, 1)
          """,
        arguments: [name, now, showsEarlier])
      return db.lastInsertedRowID
    }
    return TestGroup(server: server, id: id)
  }

  @discardableResult
  func join(_ person: Int64) async throws -> Bool {
    let now = Date.now.milliseconds
    return try await server.app.database.writer.write { [id] in
      try Membership.begin(of: person, in: id, at: now, in: $0)
    }
  }

  @discardableResult
  func leave(_ person: Int64) async throws -> Bool {
    let now = Date.now.milliseconds
    return try await server.app.database.writer.write { [id] in
      try Membership.end(of: person, in: id, at: now, in: $0)
    }
  }

  @discardableResult
  func write(_ text: String, by person: Person) async throws -> Answer {
    try await person.browser.post("/conversations/\(id)/messages", ["text": text])
  }
}
