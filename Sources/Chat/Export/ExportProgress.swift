import NIOCore
import Synchronization

/// How far one download is, and whether it waits for its client.
final class ExportProgress: Sendable {
  private struct State {
    var all = ExportAmount()
    var done = ExportAmount()
    var waitsSince: NIODeadline?
  }

  private let state = Mutex(State())

  var all: ExportAmount {
    get { state.withLock { $0.all } }
    set { state.withLock { $0.all = newValue } }
  }

  var done: ExportAmount { state.withLock { $0.done } }

  func add(_ amount: ExportAmount) { state.withLock { $0.done = $0.done + amount } }

  /// Marks the time in which the client has to take a piece.
  func setWaiting(_ waits: Bool, at now: NIODeadline = .now()) {
    state.withLock { $0.waitsSince = waits ? now : nil }
  }

  /// Whether the client has taken nothing for `time`.
  func isStalled(for time: TimeAmount, at now: NIODeadline = .now()) -> Bool {
    state.withLock { $0.waitsSince.map { now - $0 >= time } ?? false }
  }
}
