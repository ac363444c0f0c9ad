import GRDB

/// A kind of event: one type in its feature's folder, made anew from the database for each event that is sent, live
/// or replayed. The hub, the replay and other followers of the log know no more of an event than this.
protocol EventKind: Sendable {
  /// What the log calls it. It never changes once landed.
  static var name: String { get }

  /// Reads what it shows.
  /// - Returns: nil where what it tells of is gone.
  static func load(_ event: Event, in db: Database) throws -> Self?

  /// About what it takes in memory and on its way, in bytes, at most.
  var byteCount: Int { get }

  /// Who gets it, of those who may see the event.
  func readers(of event: Event) -> Readers

  /// Whether every reader gets the same.
  var isShared: Bool { get }

  /// Whether many come at once, of which streams are told the last: see ``StreamHub/gather(_:_:)``. Such a one is shared.
  var isGathered: Bool { get }

  /// The HTML that its readers get; nil where it is never sent.
  /// - Parameters:
  ///   - reader: any of them where they all get the same.
  ///   - isOnline: whether the reader sees that a person is online.
  func html(for reader: User.ID, _ fragments: Fragments, isOnline: (User.ID) -> Bool) -> String?

  /// Whether it ends streams, which first get what came before it.
  var endsStreams: Bool { get }

  /// What it does to the streams that are open and to who is online, before it is sent.
  func arrive(at hub: isolated StreamHub)
}

extension EventKind {
  var byteCount: Int { 1_024 }
  var isShared: Bool { true }
  var isGathered: Bool { false }
  var endsStreams: Bool { false }

  func readers(of event: Event) -> Readers { event.pair.map { .people($0) } ?? Readers(event.audience) }

  func arrive(at hub: isolated StreamHub) {}
}
