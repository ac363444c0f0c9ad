import GRDB
import Web

/// The durable events that a returning client missed, in order, read a few at a time as it takes them; or word that
/// there are too many or that the log no longer reaches back. It costs what it sends, however long the rest of the
/// log is: the ids are found once.
struct Replay: Sendable {
  /// Past so many missed events a client fetches its page anew.
  static let maximumEvents = 20_000
  /// How many are read at once at most, and about how many bytes of them are in memory.
  private static let page = 200
  private static let bytes = 48 << 10

  let database: ChatDatabase
  let fragments: Fragments
  let viewer: User.ID
  let through: Event.ID
  private var last: Event.ID
  private var missed: ArraySlice<Event.ID>

  /// - Returns: nil when a `resync` must take the place of the replay.
  static func begin(
    after: Event.ID, viewer: User.ID, database: ChatDatabase, fragments: Fragments
  ) async throws -> Replay? {
    try await database.read { db in
      let newest = try Event.newestOfAll(in: db)
      guard after >= (try Event.prunedThrough(in: db)), after <= newest else { return nil }
      let missed = try Event.visible(
        to: viewer, after: after, through: newest, limit: maximumEvents + 1, in: db)
      guard missed.count <= maximumEvents else { return nil }
      return Replay(
        database: database, fragments: fragments, viewer: viewer, through: newest, last: after,
        missed: missed[...])
    }
  }

  /// The log was pruned past the place that the replay had come to.
  struct Overtaken: Error {}

  /// The next events; nil at the end.
  /// - Parameter online: who is so now, as the viewer may know it.
  /// - Throws: ``Overtaken``, after which a `resync` must take the place of the rest.
  mutating func next(online: OnlinePeople) async throws -> [ServerSentEvent]? {
    guard !missed.isEmpty else { return nil }
    let (viewer, last, page) = (viewer, last, missed.prefix(Self.page))
    let (loaded, taken) = try await database.read { db in
      guard try Event.prunedThrough(in: db) <= last else { throw Overtaken() }
      var loaded: [(Event, any EventKind)] = []
      var bytes = 0
      for event in try Event.stillVisible(page, to: viewer, in: db) {
        if let content = try EventKinds.load(event, in: db) {
          loaded.append((event, content))
          bytes += content.byteCount
        }
        if bytes >= Self.bytes { return (loaded, event.id) }
      }
      return (loaded, page.last ?? last)
    }
    self.last = taken
    missed = missed.drop { $0 <= taken }
    return loaded.compactMap { event, content in
      guard content.readers(of: event).include(viewer),
        let html = content.html(for: viewer, fragments, isOnline: online.users.contains)
      else { return nil }
      return ServerSentEvent(id: event.id, data: html)
    }
  }
}
