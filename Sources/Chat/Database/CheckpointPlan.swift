/// When the write-ahead log is moved into the file, and how, by the number of pages that SQLite says it holds. Pure.
///
/// A passive checkpoint for each ``pages`` that come, which waits for nobody. Readers that overlap can keep it from
/// ever being complete, and the log from starting over; past ``mostPages`` it is one that waits for readers, at first
/// for a moment. Where that does not help, because one reads for long, the next waits longer, after a longer pause.
struct CheckpointPlan {
  /// Of 4 KiB: 4 MiB.
  static let pages = 1_024
  /// 16 MiB. What is written until those who read at the moment have ended comes on top.
  static let mostPages = 4 * pages
  /// How many milliseconds writes wait for readers, at first and at most.
  static let patience = 40...320
  /// From one such wait to the next.
  static let pause = Duration.milliseconds(100)
  static let longestPause = Duration.seconds(64)
  /// How often it may fail before the owner is told, and how long it is before they are told again.
  private static let quietFailures = 6
  private static let warningPause = Duration.seconds(600)

  /// What the log holds since the last commit.
  private(set) var size = 0
  /// Whether all of it is in the file too.
  private(set) var isMoved = true
  /// What it held at the last checkpoint.
  private var seen = 0
  private var failures = 0
  private var nextRestart: ContinuousClock.Instant?
  private var nextWarning: ContinuousClock.Instant?

  /// - Parameter pages: what the log holds now.
  mutating func committed(_ pages: Int) {
    // It has started over.
    if pages < size { (seen, failures, nextRestart) = (0, 0, nil) }
    size = pages
    isMoved = false
  }

  /// - Returns: nil where nothing is due.
  func due(at now: ContinuousClock.Instant) -> Checkpoint.Kind? {
    guard !isMoved else { return nil }
    if size >= Self.mostPages, nextRestart.map({ $0 <= now }) ?? true {
      let patience = Self.patience.lowerBound << min(failures, 8)
      return .restart(patience: min(patience, Self.patience.upperBound))
    }
    return size - seen >= Self.pages ? .passive : nil
  }

  /// - Parameters:
  ///   - result: nil where it failed.
  ///   - now: when it had ended.
  mutating func made(_ kind: Checkpoint.Kind, _ result: Checkpoint?, at now: ContinuousClock.Instant) {
    seen = size
    isMoved = result?.isComplete ?? false
    guard case .restart = kind else { return }
    let pause = Self.pause * (1 << min(failures, 10))
    nextRestart = now + min(pause, Self.longestPause)
    failures = isMoved ? 0 : failures + 1
  }

  /// - Returns: whether the owner is to be told now that the log cannot start over.
  mutating func warns(at now: ContinuousClock.Instant) -> Bool {
    guard failures >= Self.quietFailures, nextWarning.map({ $0 <= now }) ?? true else { return false }
    nextWarning = now + Self.warningPause
    return true
  }
}
