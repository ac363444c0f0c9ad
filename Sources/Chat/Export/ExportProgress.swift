import NIOCore
import Synchronization

/// How far one download is, and how quickly its client takes it.
final class ExportProgress: Sendable {
  private struct State {
    var all = ExportAmount()
    var done = ExportAmount()
    var sent = 0
    var waited = TimeAmount.zero
  }

  private let state = Mutex(State())

  var all: ExportAmount {
    get { state.withLock { $0.all } }
    set { state.withLock { $0.all = newValue } }
  }

  var done: ExportAmount { state.withLock { $0.done } }

  func add(_ amount: ExportAmount) { state.withLock { $0.done = $0.done + amount } }

  /// Counts bytes that the client has taken, and for how long it was waited for.
  func add(sent bytes: Int, after time: TimeAmount) {
    state.withLock { state in
      state.sent += bytes
      state.waited = state.waited + time
    }
  }

  /// Whether the client takes it so slowly that it gives way where others want its place: less than 64 KiB in each
  /// second that it is waited for, once that has been a minute.
  var givesWay: Bool {
    state.withLock { state in
      let seconds = Int(state.waited.nanoseconds / 1_000_000_000)
      return seconds >= 60 && state.sent / seconds < 64 << 10
    }
  }
}
