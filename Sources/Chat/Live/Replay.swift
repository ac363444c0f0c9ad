import GRDB
import Web

/// The durable events that a returning client missed, in order, read a page at a time; or word that there
/// are too many or that the log no longer reaches back.
struct Replay: Sendable {
  /// Past so many missed events a client fetches its page anew.
  static let maximumEvents = 20_000
  private static let page = 200

  let database: ChatDatabase
  let renderer: EventRenderer
  let viewer: User.ID
  let after: Event.ID
  let through: Event.ID

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
      Replay(database: database, renderer: renderer, viewer: viewer, after: after, through: $0)
    }
  }

  /// The log was pruned past the place that the replay had come to.
  struct Overtaken: Error {}

  /// The events after `last`, and where to go on; nil at the end.
  /// - Throws: ``Overtaken``, after which a `resync` must take the place of the rest.
  func next(
    after last: Event.ID, online: OnlinePeople
  ) async throws -> (events: [ServerSentEvent], last: Event.ID)? {
    let loaded = try await database.read { db in
      guard try Event.prunedThrough(in: db) <= last else { throw Overtaken() }
      return try Event.visible(to: viewer, after: last, through: through, limit: Self.page, in: db).map {
        ($0, try EventContent.load($0, in: db) { _ in [viewer] })
      }
    }
    guard let newest = loaded.last?.0.id else { return nil }
    let events = loaded.compactMap { event, content in
      content.flatMap { renderer.event(event, $0, for: viewer, online: online) }
    }
    return (events, newest)
  }
}
