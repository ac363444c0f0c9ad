import Foundation
import GRDB
import Logging
import Synchronization
import Web

/// What has been read of late and is not written down yet. It gathers in memory and is written together, about once
/// a second, when the program stops, and before any page of that person is made: so that reading costs a group next
/// to nothing. A kill loses a second of it. Bounded by people times what they read in a second. Thread-safe.
final class ReadMarks: Sendable {
  private static let interval = Duration.seconds(1)
  /// Past so many the next one waits for them to be written.
  private static let most = 20_000

  private typealias Marks = [User.ID: [Conversation.ID: Message.ID]]

  private struct State {
    var marks: Marks = [:]
    var count = 0
  }

  private let database: ChatDatabase
  private let hub: StreamHub
  private let fragments: Fragments
  private let logger: Logger
  private let state = Mutex(State())

  init(database: ChatDatabase, hub: StreamHub, fragments: Fragments, logger: Logger) {
    self.database = database
    self.hub = hub
    self.fragments = fragments
    self.logger = logger
  }

  /// Takes note that `user` has read a conversation through a message.
  func note(_ user: User.ID, _ conversation: Conversation.ID, through message: Message.ID) async {
    let isFull = state.withLock { state in
      let before = state.marks[user]?[conversation]
      if before == nil { state.count += 1 }
      state.marks[user, default: [:]][conversation] = max(message, before ?? 0)
      return state.count >= Self.most
    }
    if isFull { await write() }
  }

  /// Writes down what `user` has read, before a page of theirs is made.
  func settle(_ user: User.ID) async {
    guard let marks = take(user) else { return }
    await write([user: marks])
  }

  /// Until its task is cancelled, and then once more.
  func run() async {
    while (try? await Task.sleep(for: Self.interval)) != nil { await write() }
    await write()
  }

  private func take(_ user: User.ID) -> [Conversation.ID: Message.ID]? {
    state.withLock { state in
      guard let marks = state.marks.removeValue(forKey: user) else { return nil }
      state.count -= marks.count
      return marks
    }
  }

  private func write() async {
    let marks = state.withLock { state in
      defer { state = State() }
      return state.marks
    }
    await write(marks)
  }

  /// Reading goes on where nothing can be written, on a full disk.
  private func write(_ marks: Marks) async {
    guard !marks.isEmpty else { return }
    do {
      let moved = try await database.writer.write { [pages = database.pages] db in
        var moved: [User.ID: [Conversation.ID]] = [:]
        for (user, conversations) in marks {
          for (conversation, message) in conversations
          where try ReadMark.move(of: user, in: conversation, through: message, db: db) {
            moved[user, default: []].append(conversation)
            pages.tell(.only(user))
          }
        }
        return moved
      }
      try await tell(moved)
    } catch {
      logger.warning("What was read was not written down", metadata: ["error": "\(error)"])
    }
  }

  /// To the other open pages of each, where there are any.
  private func tell(_ moved: [User.ID: [Conversation.ID]]) async throws {
    let listening = await hub.listening(moved.keys)
    guard !listening.isEmpty else { return }
    let states = try await database.read { db in
      try moved.filter { listening.contains($0.key) }
        .map { (user: $0, states: try ReadState.of($1, of: $0, in: db)) }
    }
    for (user, states) in states { await hub.tellRead(states, to: user) }
  }
}
