import Foundation
import GRDB
import Logging
import Synchronization
import Web

/// What has been read of late and is not written down yet. It gathers in memory and is written together, about once
/// a second, when the program stops, and before any page of that person is made: so that reading costs a group next
/// to nothing. A kill loses a second of it. Bounded by ``most``. Thread-safe.
final class ReadMarks: Sendable {
  private static let interval = Duration.seconds(1)
  /// Past so many the next one waits for them to be written; where they cannot be, no more are kept.
  private static let most = 20_000
  /// So many people's marks go in one write, so that no send waits for long.
  private static let batch = 500

  private typealias Marks = [User.ID: [Conversation.ID: Message.ID]]

  private struct State {
    var marks: Marks = [:]
    var count = 0
    /// What is being written, by whose it is.
    var underWay: [User.ID: (number: Int, task: Task<Void, Never>)] = [:]
    var number = 0

    mutating func add(_ user: User.ID, _ conversation: Conversation.ID, _ message: Message.ID) {
      let before = marks[user]?[conversation]
      if before == nil { count += 1 }
      marks[user, default: [:]][conversation] = max(message, before ?? 0)
    }
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
      state.add(user, conversation, message)
      return state.count >= Self.most
    }
    if isFull { await writeAll() }
  }

  /// Returns when all that `user` has read is written down, before a page of theirs is made.
  func settle(_ user: User.ID) async {
    let before = state.withLock { $0.underWay[user]?.task }
    await before?.value
    await begin { state in state.marks[user].map { [user: $0] } ?? [:] }?.value
  }

  /// Until its task is cancelled, and then once more.
  func run() async {
    while (try? await Task.sleep(for: Self.interval)) != nil { await writeAll() }
    await writeAll()
  }

  private func writeAll() async {
    // What could not be written is there again, and waits for the next time.
    let people = state.withLock { Array($0.marks.keys) }
    for start in stride(from: 0, to: people.count, by: Self.batch) {
      let some = people[start..<min(people.count, start + Self.batch)]
      await begin { state in
        some.reduce(into: Marks()) { $0[$1] = state.marks[$1] }
      }?.value
    }
  }

  /// Takes marks out and begins to write them: whoever looks for one of them from now on waits for that.
  private func begin(_ pick: (State) -> Marks) -> Task<Void, Never>? {
    state.withLock { state in
      let marks = pick(state)
      guard !marks.isEmpty else { return nil }
      for (user, conversations) in marks {
        state.marks[user] = nil
        state.count -= conversations.count
      }
      state.number += 1
      let number = state.number
      let task = Task {
        await write(marks)
        self.state.withLock { state in
          for user in marks.keys where state.underWay[user]?.number == number { state.underWay[user] = nil }
        }
      }
      for user in marks.keys { state.underWay[user] = (number, task) }
      return task
    }
  }

  /// Reading goes on where nothing can be written, on a full disk: the marks wait until it can.
  private func write(_ marks: Marks) async {
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
      await tell(moved)
      // Whoever waits for the marks waits for no more.
      Task { await tellAuthors(moved) }
    } catch {
      logger.warning("What was read could not be written down yet", metadata: ["error": "\(error)"])
      state.withLock { state in
        for (user, conversations) in marks {
          for (conversation, message) in conversations where state.count < Self.most {
            state.add(user, conversation, message)
          }
        }
      }
    }
  }

  /// To whom the readers talk with, where they listen.
  private func tellAuthors(_ moved: [User.ID: [Conversation.ID]]) async {
    let conversations = Set(moved.values.joined())
    let direct = try? await database.read { try Conversation.direct(among: conversations, in: $0) }
    let talks = moved.flatMap { user, conversations in
      conversations.compactMap { id -> (author: User.ID, conversation: Conversation)? in
        guard let conversation = direct?[id] else { return nil }
        return conversation.other(than: user).map { ($0, conversation) }
      }
    }
    guard !talks.isEmpty else { return }
    let listening = await hub.listening(talks.map(\.author))
    let told = try? await database.read { db in
      try talks.filter { listening.contains($0.author) }.compactMap { author, conversation in
        try Receipts.of(conversation, for: author, in: db).map { (author, try $0.readMessages(in: db)) }
      }
    }
    for (author, messages) in told ?? [] where !messages.isEmpty {
      await hub.tellReceipts(messages, to: author)
    }
  }

  /// To the other open pages of each, where there are any. A stream that returns is told by itself.
  func tell(_ moved: [User.ID: [Conversation.ID]]) async {
    let listening = await hub.listening(moved.keys)
    guard !listening.isEmpty else { return }
    let states = try? await database.read { db in
      try moved.filter { listening.contains($0.key) }
        .map { (user: $0, states: try ReadState.of($1, of: $0, in: db)) }
    }
    for (user, states) in states ?? [] { await hub.tellRead(states, to: user) }
  }
}
