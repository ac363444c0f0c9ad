import Synchronization

/// What was committed of late and its follower has not taken yet. Bounded: what is too much is forgotten, and its
/// follower reads the log. Thread-safe.
final class CommittedEvents: Sendable {
  /// What a follower finds.
  enum Found: Sendable {
    case nothing
    /// In order, and nothing is missing before them.
    case events([Event])
    /// Something is missing, which the log has.
    case gap
  }

  private static let most = 2_000

  private struct State {
    var batches: [Committed] = []
    var count = 0
  }

  private let state = Mutex(State())

  func add(_ batch: Committed) {
    guard !batch.events.isEmpty else { return }
    state.withLock { state in
      if state.count > Self.most { state = State() }
      state.batches.append(batch)
      state.count += batch.events.count
    }
  }

  /// - Parameter last: what the follower has taken already.
  func take(after last: Event.ID) -> Found {
    let batches = state.withLock { state in
      defer { state = State() }
      return state.batches
    }
    let events = batches.flatMap(\.events).filter { $0.id > last }
    guard !events.isEmpty, let first = batches.first(where: { $0.events.contains { $0.id > last } }) else {
      return .nothing
    }
    return first.after <= last ? .events(events) : .gap
  }
}
