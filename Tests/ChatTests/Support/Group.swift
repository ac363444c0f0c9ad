import Foundation
import GRDB

@testable import Chat

/// A group as its members make it, past the pages.
struct Group: Sendable {
  let server: TestServer
  let id: Conversation.ID

  static func make(_ name: String, on server: TestServer, showsEarlier: Bool = false) async throws -> Group {
    let now = Date.now.milliseconds
    let id = try await server.app.database.writer.write { db in
      try db.execute(
        sql: "INSERT INTO conversation (kind, name, created_at, shows_earlier) VALUES ('group', ?, ?, ?)",
        arguments: [name, now, showsEarlier])
      return db.lastInsertedRowID
    }
    return Group(server: server, id: id)
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
