import Foundation
import GRDB
import Logging
import Synchronization
import Testing

@testable import Chat

/// Followers of the log, each with a place of its own.
@Suite struct LogFollowerTests {
  private final class Seen: Sendable {
    private let ids = Mutex<[Event.ID]>([])

    var all: [Event.ID] { ids.withLock { $0 } }
    func add(_ events: LogFollower.Taken) { ids.withLock { $0 += events.map(\.0.id) } }
  }

  private struct No: Error {}

  private func follower(
    _ database: ChatDatabase, _ beginning: LogFollower.Beginning,
    _ take: @escaping @Sendable (LogFollower.Taken) throws -> Void
  ) -> LogFollower {
    LogFollower(
      database, from: beginning, logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }, take: take)
  }

  private func add(_ name: String, to database: ChatDatabase) async throws -> Event.ID {
    let hash = try TestServer.quickHash()
    return try await database.writer.write { db in
      _ = try User.create(
        name: FullName(name), email: EmailAddress("\(name)@example.org"), hash: hash, at: 1, in: db)
      return try Event.newestOfAll(in: db)
    }
  }

  @Test func oneWithAStoredPlaceGoesOnAfterAStop() async throws {
    let folder = try DataFolder(TestServer.newFolder())
    let database = try ChatDatabase(path: folder.database)
    let seen = Seen()
    func run(_ body: () async throws -> Void) async throws {
      let follower = follower(database, .stored("pushes")) { seen.add($0) }
      try await follower.start()
      let task = Task { await follower.run() }
      try await body()
      task.cancel()
      await task.value
    }
    let before = try await add("before", to: database)
    var expected: [Event.ID] = []
    try await run {
      expected.append(try await add("one", to: database))
      try await eventually("the first") { seen.all == expected }
    }
    expected.append(try await add("two", to: database))
    expected.append(try await add("three", to: database))
    try await run { try await eventually("what came meanwhile") { seen.all == expected } }
    #expect(!seen.all.contains(before))
    await database.close()
    try FileManager.default.removeItem(at: folder.url)
  }

  @Test func whatCouldNotBeTakenComesAgain() async throws {
    let folder = try DataFolder(TestServer.newFolder())
    let database = try ChatDatabase(path: folder.database)
    let seen = Seen()
    let failures = Mutex(2)
    let follower = follower(database, .stored("pushes")) { events in
      let fails = failures.withLock { count in
        count -= 1
        return count >= 0
      }
      if fails { throw No() }
      seen.add(events)
    }
    try await follower.start()
    let task = Task { await follower.run() }
    let event = try await add("one", to: database)
    try await eventually("it") { seen.all == [event] }
    task.cancel()
    await task.value
    await database.close()
    try FileManager.default.removeItem(at: folder.url)
  }

  /// Also what another program wrote.
  @Test func privacyHoldsWhoeverWroteIt() async throws {
    try await TestServer.with { server in
      let people = try await server.people("Ada", "Ben")
      let streams = [try await people[0].events(), try await people[1].events()]
      try await eventually("he is online") {
        server.app.board.isOnline(people[1].id, seenBy: people[0].id)
      }
      // As after a request that was cut off right after its write.
      try await server.database.writer.write {
        _ = try Privacy(showsPresence: false).save(of: people[1].id, at: 1, in: $0)
      }
      try await eventually("he hides") { !server.app.board.isOnline(people[1].id, seenBy: people[0].id) }
      _ = try await streams[0].first("word of it") {
        $0.name == "presence" && $0.data.contains("'\(people[1].id)'") && !$0.data.contains(">online<")
      }
    }
  }
}
