import Synchronization

/// What was just written and is still in hand, by its event, so that it need not be read again to be sent. Bounded:
/// what nobody takes makes room for what is newer. Thread-safe.
final class InHand: Sendable {
  private static let most = 1_024

  private struct State {
    var contents: [Event.ID: any EventKind] = [:]
    var oldest: [Event.ID] = []
  }

  private let state = Mutex(State())

  /// - Parameter event: that has been committed.
  func keep(_ content: any EventKind, of event: Event.ID) {
    state.withLock { state in
      state.contents[event] = content
      state.oldest.append(event)
      if state.oldest.count > 2 * Self.most {
        for old in state.oldest.prefix(Self.most) { state.contents[old] = nil }
        state.oldest.removeFirst(Self.most)
      }
    }
  }

  func take(_ event: Event.ID) -> (any EventKind)? {
    state.withLock { $0.contents.removeValue(forKey: event) }
  }
}
