import Foundation
import GRDB
import Testing

@testable import Chat

/// Acts of several people on one message at the same instant end in one state: in the database, in what streams were told
/// live, in what they are told when they come back, and on a page that is made afterwards.
@Suite struct InterleavingTests {
  private static let rounds = 1_000

  @Test func oneStateEverywhere() async throws {
    try await TestServer.with { server in
      let people = try await server.people("Ada", "Ben", "Cem")
      let group = try await MadeGroup.make("Club", by: people[0], with: Array(people[1...]), history: "all")
      _ = try await group.change("promote", [people[1]], by: people[0])
      let database = server.app.database
      let stream = try await people[1].events()
      let start = try #require(try await people[1].browser.get("/").html.event)
      var random = SystemRandomNumberGenerator()
      for _ in 0..<Self.rounds {
        let posting = Posting(text: try MessageText("Said"), clientID: UUID().uuidString)
        let id = try await database.writer.write { [ada = people[0].id] db in
          try posting.post(by: ada, to: .conversation(group.id), at: Date.now.milliseconds, in: db).content
            .message.id
        }
        let seed = UInt64.random(in: 0...UInt64.max, using: &random)
        await withDiscardingTaskGroup { tasks in
          for act in Self.acts(on: id, in: group.id, by: people.map(\.id), seed) {
            // What comes too late is refused, and that is all.
            tasks.addTask { _ = try? await database.writer.write(act) }
          }
        }
      }
      try await group.write("The end", by: people[0])
      _ = try await stream.message("The end")
      let again = try await people[1].browser.events(after: start)
      _ = try await again.message("The end")
      let fragments = await server.app.hub.fragments
      let expected = try await database.read { [ben = people[1].id] db in
        let sight = try #require(try Sight.of(ben, in: group.id, db: db))
        let page = try MessagePage.load(.newest, of: group.id, sight, size: 5 * Self.rounds, in: db)
        return page.messages.filter { $0.line == nil }.map { ($0.id, fragments.html($0)) }
      }
      #expect(expected.count > Self.rounds)
      for (name, told) in [("live", stream), ("replayed", again)] {
        try await eventually("\(name) is as the database") {
          let shown = Self.shown(by: told)
          return expected.allSatisfy { shown[$0.0] == Self.parts(HTML($0.1)) }
        }
        let ids = told.events.compactMap(\.id)
        #expect(zip(ids, ids.dropFirst()).allSatisfy { $0 < $1 }, "\(name): in order, each once")
      }
      let page = try await group.page(of: people[1])
      for article in page.html.articles {
        let id = try #require(article.messageID)
        #expect(expected.first { $0.0 == id }.map { Self.parts(HTML($0.1)) } == Self.parts(article))
      }
      let pins = page.html.from("<div class=\"pins\"", through: "</div>").first?.description
      #expect(pins != nil && pins == Self.pins(toldBy: stream) && pins == Self.pins(toldBy: again))
    }
  }

  private typealias Act = @Sendable (Database) throws -> Void

  private static func acts(
    on id: Message.ID, in group: Conversation.ID, by people: [User.ID], _ seed: UInt64
  ) -> [Act] {
    let now = Date.now.milliseconds
    let (ada, ben, cem) = (people[0], people[1], people[2])
    var acts: [Act] = [
      { _ = try Editing(text: "Edited \(seed % 7)", base: nil).edit(id, by: ada, at: now, in: $0) },
      { try Reacting(emoji: "👍").react(to: id, by: ben, at: now, in: $0) },
      { try Reacting(emoji: seed % 2 == 0 ? "👍" : "🎉").react(to: id, by: cem, at: now, in: $0) },
      { _ = try Pinning.pin(id, by: ada, at: now, in: $0) },
      { db in
        let posting = Posting(text: try MessageText("Answer"), clientID: UUID().uuidString, replyTo: id)
        _ = try posting.post(by: ben, to: .conversation(group), at: now, in: db)
      },
    ]
    if seed % 3 == 0 { acts.append { _ = try Withdrawal(message: id).withdraw(by: ada, at: now, in: $0) } }
    if seed % 7 == 0 { acts.append { _ = try Withdrawal(message: id).withdraw(by: ben, at: now, in: $0) } }
    if seed % 14 == 0 { acts.append { try Withdrawal(message: id).undo(by: ben, at: now, in: $0) } }
    if seed % 6 == 0 { acts.append { try Withdrawal(message: id).undo(by: ada, at: now, in: $0) } }
    if seed % 5 == 0 { acts.append { try GroupMembers.leave(group, by: cem, at: now, in: $0) } }
    if seed % 5 == 1 {
      acts.append { try GroupMembers.act(.add, on: [cem], in: group, by: ada, at: now, db: $0) }
    }
    return acts.shuffled()
  }

  /// The line of pins as the last event that told of it left it.
  private static func pins(toldBy stream: EventStream) -> String? {
    stream.events.lazy.reversed().compactMap {
      $0.html.from("<div class=\"pins\"", through: "</div>").first?.description
    }.first
  }

  private struct Parts: Equatable {
    var message: String
    var reactions: String
  }

  private static func parts(_ article: HTML) -> Parts {
    let text = article.description.trimmingCharacters(in: .newlines)
    let reactions = article.from("<div class=\"reactions\"", through: "</div>").first?.description ?? ""
    // What it answers is told by its place.
    let bare = text.replacing(reactions, with: "").replacing(/dir="auto">[^<]*<\/span><\/a>/, with: "")
    return Parts(message: bare, reactions: reactions)
  }

  /// What a page shows that put in all that a stream brought.
  private static func shown(by stream: EventStream) -> [Message.ID: Parts] {
    var shown: [Message.ID: Parts] = [:]
    for event in stream.events {
      for article in event.html.articles { if let id = article.messageID { shown[id] = parts(article) } }
      guard event.html.articles.isEmpty else { continue }
      for reactions in event.html.from("<div class=\"reactions\"", through: "</div>") {
        let id = reactions.attribute("id").flatMap { Message.ID($0.dropFirst("reactions-".count)) }
        if let id { shown[id]?.reactions = reactions.description }
      }
    }
    return shown
  }
}
