import Foundation
import GRDB
import Logging
import Web

/// Tells open pages who comes and goes, and writes it down for the next start.
struct PresenceFeed: Sendable {
  /// Who comes and goes within it is told in one event and written down in one write.
  private static let interval = Duration.milliseconds(100)

  let database: ChatDatabase
  let board: PresenceBoard
  let hub: StreamHub
  let members: MembersOnline
  let logger: Logger

  /// Takes those for online who were so when the program last ran.
  func start() async throws {
    let (lastSeen, hidden, online, silent) = try await database.read { db in
      (
        try User.lastSeen(in: db), try Privacy.hiddenUsers(in: db),
        try User.ID.fetchAll(db, sql: "SELECT id FROM user WHERE is_online = 1"),
        try Privacy.silentTypers(in: db)
      )
    }
    for user in silent { await hub.setSilent(true, user) }
    board.begin(lastSeen: lastSeen, hidden: hidden, online: online)
  }

  /// Until its task is cancelled.
  func run() async {
    await withDiscardingTaskGroup { group in
      group.addTask {
        for await _ in board.pokes {
          try? await Task.sleep(for: Self.interval)
          await publish()
        }
      }
      group.addTask {
        while (try? await Task.sleep(for: .seconds(1))) != nil {
          if board.tick() { await hub.tellCount() }
        }
      }
      group.addTask {
        while (try? await Task.sleep(for: .seconds(1))) != nil { await members.tell(through: hub) }
      }
    }
    await publish()
  }

  private func publish() async {
    let news = board.takeNews()
    guard !news.people.isEmpty else { return }
    await hub.tellPresence(of: Array(news.people.keys))
    do {
      try await database.writer.write { try news.write(in: $0) }
    } catch {
      logger.warning("Presence was not written down", metadata: ["error": "\(error)"])
    }
  }
}
