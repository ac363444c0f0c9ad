import Web

/// The durable events that a returning client missed, in order, read a few at a time as it takes them; or word that
/// there are too many or that the log no longer reaches back.
struct Replay: Sendable {
  /// Past so many missed events a client fetches its page anew.
  static let maximumEvents = 20_000
  /// How many are found at once, and about how many bytes of them are in memory.
  private static let page = 200
  private static let bytes = 48 << 10

  let database: ChatDatabase
  let renderer: EventRenderer
  let viewer: User.ID
  let through: Event.ID
  private var last: Event.ID
  private var found: ArraySlice<Event> = []

  /// - Returns: nil when a `resync` must take the place of the replay.
  static func begin(
    after: Event.ID, viewer: User.ID, database: ChatDatabase, renderer: EventRenderer
  ) async throws -> Replay? {
    let through = try await database.read { db -> Event.ID? in
      let newest = try Event.newestOfAll(in: db)
      guard after >= (try Event.prunedThrough(in: db)), after <= newest else { return nil }
      let missed = try Event.visible(
        to: viewer, after: after, through: newest, limit: maximumEvents + 1, in: db)
      return missed.count > maximumEvents ? nil : newest
    }
    return through.map {
      Replay(database: database, renderer: renderer, viewer: viewer, through: $0, last: after)
    }
  }

  /// The log was pruned past the place that the replay had come to.
  struct Overtaken: Error {}

  /// The next events; nil at the end.
  /// - Throws: ``Overtaken``, after which a `resync` must take the place of the rest.
  mutating func next(online: OnlinePeople) async throws -> [ServerSentEvent]? {
    let (viewer, last, through, found) = (viewer, last, through, found)
    let (loaded, rest) = try await database.read { db in
      guard try Event.prunedThrough(in: db) <= last else { throw Overtaken() }
      var rest = found
      if rest.isEmpty {
        rest = try Event.visible(to: viewer, after: last, through: through, limit: Self.page, in: db)[...]
      }
      var loaded: [(Event, EventContent?)] = []
      var bytes = 0
      while bytes < Self.bytes, let event = rest.popFirst() {
        let content = try EventContent.load(event, in: db) { _ in [viewer] }
        loaded.append((event, content))
        bytes += content?.byteCount ?? 0
      }
      return (loaded, rest)
    }
    guard let newest = loaded.last?.0.id else { return nil }
    self.last = newest
    self.found = rest
    return loaded.compactMap { event, content in
      content.flatMap { renderer.event(event, $0, for: viewer, online: online) }
    }
  }
}
