import Logging
import Synchronization

/// How many lines of a kind a log takes, so that nobody can fill it with what anyone can cause. Of the lines
/// of one level and one text the first ``most`` of a minute are written; of the others only their number is,
/// by the first line of whatever kind after that minute. Bounded: past ``maximumKinds`` in a minute all new
/// kinds of a level are one. Thread-safe; shared by every logger of the program.
public final class LogLimit: Sendable {
  /// The most lines of a kind in a minute.
  public static let most = 5
  static let maximumKinds = 50
  /// The bytes of a text that tell its kind.
  private static let maximumBytes = 200
  private static let minute = Duration.seconds(60)
  private static let others = "other lines"

  private struct Kind: Hashable {
    let level: Logger.Level
    let text: String
  }

  private struct State {
    var start: ContinuousClock.Instant?
    var counts: [Kind: Int] = [:]
  }

  /// Lines of a minute that is over which were not written.
  struct Rest: Equatable {
    let level: Logger.Level
    let text: String
    let count: Int
  }

  private let state = Mutex(State())

  public init() {}

  /// Counts a line.
  /// - Returns: whether it is to be written, and what is to be said before it of the minute before.
  func take(
    _ level: Logger.Level, _ text: String, at now: ContinuousClock.Instant = .now
  ) -> (isWritten: Bool, rests: [Rest]) {
    state.withLock { state in
      var rests: [Rest] = []
      if let start = state.start, now - start >= Self.minute {
        rests = state.counts.filter { $0.value > Self.most }
          .map { Rest(level: $0.key.level, text: $0.key.text, count: $0.value - Self.most) }
        state = State()
      }
      if state.start == nil { state.start = now }
      let beginning = String(decoding: text.utf8.prefix(Self.maximumBytes), as: UTF8.self)
      var kind = Kind(level: level, text: beginning)
      if state.counts[kind] == nil, state.counts.count >= Self.maximumKinds {
        kind = Kind(level: level, text: Self.others)
      }
      state.counts[kind, default: 0] += 1
      return (state.counts[kind, default: 0] <= Self.most, rests)
    }
  }
}
