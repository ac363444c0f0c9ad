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
  private let committed = CommittedEvents()
  private var last: Event.ID = 0
  private var isFollowing = false
  /// Somebody poked while it was waiting, and whether to look.
  private var isPoked = false
  private var isAsked = false
  /// The log has more than was read at once.
  private var isBehind = false

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
    let (pokes, poke) = AsyncStream<Void>.makeStream(bufferingPolicy: .bufferingNewest(1))
    let (looks, look) = AsyncStream<Void>.makeStream(bufferingPolicy: .bufferingNewest(1))
    database.writer.whenCommitted { [committed] batch in
      if let batch { committed.add(batch) }
      poke.yield()
    }
    await withDiscardingTaskGroup { group in
      group.addTask { for await _ in pokes { await self.follow(looks: false) } }
      group.addTask { for await _ in looks { await self.follow(looks: true) } }
      group.addTask {
        repeat { look.yield() } while (try? await Task.sleep(for: .seconds(1))) != nil
      }
    }
  }

  /// Waits until the follower has taken an event that was committed, at most ``patience``.
  func reach(_ event: Event.ID) async {
    let deadline = ContinuousClock.now + Self.patience
    while last < event, .now < deadline {
      do { try await Task.sleep(for: .milliseconds(2)) } catch { return }
    }
  }

  /// - Parameter looks: whether it reads the log also where the writer has told of nothing.
  private func follow(looks: Bool) async {
    // One at a time: there is a wait in the middle.
    guard !isFollowing else {
      (isPoked, isAsked) = (true, isAsked || looks)
      return
    }
    isFollowing = true
    defer { isFollowing = false }
    var looks = looks
    repeat {
      (isPoked, isAsked) = (false, false)
      do { while try await takeNext(looks: looks) {} } catch is CancellationError { return } catch {
        return logger.error("Events of the log could not be taken", metadata: ["error": "\(error)"])
      }
      // What was committed while the log was being read may not be in what was read.
      looks = isAsked
    } while isPoked
  }

  /// - Returns: whether there may be more.
  private func takeNext(looks: Bool) async throws -> Bool {
    let events: [Event]
    switch committed.take(after: last) {
    case .events(let found): events = found
    case .nothing where !looks && !isBehind: return false
    case .nothing, .gap:
      events = try await database.read { [last] in
        try Event.all(after: last, limit: Self.eventsPerRead, in: $0)
      }
      isBehind = events.count == Self.eventsPerRead
    }
    guard let newest = events.last?.id else { return false }
    try await take(try await loaded(events))
    last = newest
    try await store()
    return true
  }

  private func loaded(_ events: [Event]) async throws -> Taken {
    let hand = events.map { (event: $0, content: inHand?.take($0.id)) }
    if hand.allSatisfy({ $0.content != nil }) {
      return hand.compactMap { event, content in content.map { (event, $0) } }
    }
    return try await database.read { db in
      try hand.compactMap { event, content in
        try (content ?? EventKinds.load(event, in: db)).map { (event, $0) }
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
