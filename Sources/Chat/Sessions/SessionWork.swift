import Synchronization

/// What takes long and ends with the session that it is for: uploads, downloads, large pages. Thread-safe.
final class SessionWork: Sendable {
  private struct State {
    var cuts: [Session.ID: [Int: @Sendable () -> Void]] = [:]
    var next = 0
  }

  private let state = Mutex(State())

  /// - Parameter cut: ends it, whatever it is at.
  func begin(_ session: Session.ID, cut: @escaping @Sendable () -> Void) -> Piece {
    let number = state.withLock { state in
      state.next += 1
      state.cuts[session, default: [:]][state.next] = cut
      return state.next
    }
    return Piece { self.forget(number, of: session) }
  }

  /// Ends all that goes on for a session.
  func end(_ session: Session.ID) {
    let cuts = state.withLock { $0.cuts.removeValue(forKey: session) }
    for cut in cuts.map({ Array($0.values) }) ?? [] { cut() }
  }

  private func forget(_ number: Int, of session: Session.ID) {
    state.withLock { state in
      state.cuts[session]?[number] = nil
      if state.cuts[session]?.isEmpty == true { state.cuts[session] = nil }
    }
  }

  /// One of them, until it has ended or nobody holds it any more.
  final class Piece: Sendable {
    private let forget: @Sendable () -> Void

    fileprivate init(_ forget: @escaping @Sendable () -> Void) { self.forget = forget }

    func end() { forget() }

    deinit { forget() }
  }
}
