import Synchronization

/// The place that one download has among ``Exports``. It is given back when the download ends, and also when
/// nobody ever asks for the bytes of its answer.
final class ExportRun: Sendable {
  let progress: ExportProgress
  private let user: User.ID
  private let exports: Exports
  private let hasEnded = Atomic(false)

  init(user: User.ID, progress: ExportProgress, exports: Exports) {
    self.user = user
    self.progress = progress
    self.exports = exports
  }

  deinit { end(nil) }

  /// Only the first call counts.
  func end(_ outcome: Exports.Outcome?) {
    guard !hasEnded.exchange(true, ordering: .relaxed) else { return }
    exports.end(user, progress, outcome)
  }
}
