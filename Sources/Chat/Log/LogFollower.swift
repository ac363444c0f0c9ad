import GRDB
import Logging
import Web

/// Follows the durable log, whoever writes it: hands each event to one follower, once and in order. It looks when the
/// writer has committed and once a second, for what another program wrote.
actor LogFollower {
  /// Where it begins, and whether it goes on there after the next start.
  enum Beginning: Sendable {
    /// Where the log ends now.
    case now
    /// Where the follower of this name left off. What was under way when the program stopped comes again.
    case stored(String)
  }

  typealias Taken = [(Event, any EventKind)]

  private static let eventsPerRead = 200
  private static let patience = Duration.seconds(5)

  private let database: ChatDatabase
  private let beginning: Beginning
  private let inHand: InHand?
  private let logger: Logger
  private let take: @Sendable (Taken) async throws -> Void
  private var last: Event.ID = 0

  /// - Parameters:
  ///   - inHand: what need not be read.
  ///   - take: an error leaves the events to be taken again.
  init(
    _ database: ChatDatabase, from beginning: Beginning, inHand: InHand? = nil, logger: Logger,
    take: @escaping @Sendable (Taken) async throws -> Void
  ) {
    self.database = database
    self.beginning = beginning
    self.inHand = inHand
    self.logger = logger
    self.take = take
  }

  /// Finds its place in the log.
  func start() async throws {
    let beginning = beginning
    last = try await database.read { db in
      let newest = try Event.newestOfAll(in: db)
      guard case .stored(let name) = beginning else { return newest }
      return try Event.ID.fetchOne(
        db, sql: "SELECT last_event_id FROM follower WHERE name = ?", arguments: [name])
        ?? newest
    }
    try await store()
  }

  /// Until its task is cancelled.
  func run() async {
    await withDiscardingTaskGroup { group in
      let (pokes, poke) = AsyncStream<Void>.makeStream(bufferingPolicy: .bufferingNewest(1))
      database.writer.whenCommitted { poke.yield() }
      group.addTask { for await _ in pokes { await self.follow() } }
      group.addTask {
        while (try? await Task.sleep(for: .seconds(1))) != nil { poke.yield() }
      }
      poke.yield()
    }
  }

  /// Waits until the follower has taken an event that was committed, at most ``patience``.
  func reach(_ event: Event.ID) async {
    let deadline = ContinuousClock.now + Self.patience
    while last < event, .now < deadline {
      do { try await Task.sleep(for: .milliseconds(2)) } catch { return }
    }
  }

  private func follow() async {
    while true {
      let after = last
      do {
        let (loaded, newest, isAll) = try await database.read { [inHand] db in
          let events = try Event.all(after: after, limit: Self.eventsPerRead, in: db)
          let loaded = try events.compactMap { event -> (Event, any EventKind)? in
            try (inHand?.take(event.id) ?? EventKinds.load(event, for: Readers(event.audience), in: db))
              .map { (event, $0) }
          }
          return (loaded, events.last?.id, events.count < Self.eventsPerRead)
        }
        guard let newest else { return }
        try await take(loaded)
        last = newest
        try await store()
        if isAll { return }
      } catch is CancellationError {
        return
      } catch {
        logger.error("The event log cannot be read", metadata: ["error": "\(error)"])
        return
      }
    }
  }

  private func store() async throws {
    guard case .stored(let name) = beginning else { return }
    try await database.writer.write { [last] db in
      try db.execute(
        sql: """
          INSERT INTO follower (name, last_event_id) VALUES (?, ?)
          ON CONFLICT DO UPDATE SET last_event_id = excluded.last_event_id
          """, arguments: [name, last])
    }
  }
}
