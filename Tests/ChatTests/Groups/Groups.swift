import Foundation
import GRDB
import Testing

@testable import Chat

/// A group as its members make it: through the pages.
struct MadeGroup: Sendable {
  let id: Conversation.ID
  var path: String { "/conversations/\(id)" }

  static func make(
    _ name: String, by maker: Person, with people: [Person] = [], access: String = "invited",
    history: String = "joined"
  ) async throws -> MadeGroup {
    let members = people.map { "&member=\($0.id)" }.joined()
    let answer = try await maker.browser.post(
      "/groups/new", form: "name=\(name)&access=\(access)&history=\(history)\(members)")
    try #require(answer.status == 303)
    let location = try #require(answer.location)
    return MadeGroup(id: try #require(Int64(location.split(separator: "/").last ?? "")))
  }

  @discardableResult
  func change(_ action: String, _ people: [Person], by actor: Person) async throws -> Answer {
    let users = people.map { "&user=\($0.id)" }.joined()
    return try await actor.browser.post("\(path)/members", form: "action=\(action)\(users)")
  }

  @discardableResult
  func write(_ text: String, by person: Person) async throws -> Answer {
    try await person.browser.post("\(path)/messages", ["text": text])
  }

  func page(of person: Person) async throws -> Answer { try await person.browser.get(path) }

  /// The texts that a person's page shows, oldest first.
  func texts(_ person: Person) async throws -> [String] {
    try await page(of: person).html.articles.compactMap { $0.messageText?.description }
  }

  /// What the lines of the group say to a person.
  func lines(_ person: Person) async throws -> [String] {
    try await page(of: person).html.from("<p class=\"group-line\"", through: "<time").map {
      $0.description.replacing(/<[^>]*>?/, with: "").trimmingCharacters(in: .whitespaces)
    }
  }

  func roles(on server: TestServer) async throws -> [Int64: String] {
    try await server.database.read { db in
      let rows = try Row.fetchAll(
        db, sql: "SELECT user_id, role FROM member WHERE conversation_id = ?", arguments: [id])
      return Dictionary(uniqueKeysWithValues: rows.map { ($0["user_id"], $0["role"]) })
    }
  }
}
