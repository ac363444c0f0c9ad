import Foundation
import Synchronization
import Web

/// The downloads that are under way: one a person, two on the server. One whose client is slow gives way to another
/// person's.
final class Exports: Sendable {
  static let maximum = 2
  /// Of the downloads that have ended the last ones are known.
  private static let maximumOutcomes = 100

  enum Refusal: Error {
    /// The person's last one has not ended.
    case underWay
    /// Others have theirs.
    case full
  }

  enum Outcome: Sendable, Equatable {
    case whole(ExportAmount)
    case brokenOff
  }

  private struct State {
    var runs: [User.ID: (progress: ExportProgress, cut: @Sendable () -> Void)] = [:]
    var outcomes: [(user: User.ID, outcome: Outcome)] = []
    var isShutDown = false

    mutating func end(_ user: User.ID, _ outcome: Outcome?) {
      runs[user] = nil
      guard let outcome else { return }
      outcomes.append((user, outcome))
      if outcomes.count > Exports.maximumOutcomes { outcomes.removeFirst() }
    }
  }

  let queue: BackgroundWork.Queue
  private let state = Mutex(State())

  init(_ queue: BackgroundWork.Queue) { self.queue = queue }

  /// - Parameter cut: closes the connection.
  func begin(_ user: User.ID, cut: @escaping @Sendable () -> Void) throws(Refusal) -> ExportRun {
    let progress = ExportProgress()
    let slow = try state.withLock { state throws(Refusal) -> (@Sendable () -> Void)? in
      guard state.runs[user] == nil else { throw .underWay }
      guard !state.isShutDown else { throw .full }
      var slow: (@Sendable () -> Void)?
      if state.runs.count >= Self.maximum {
        guard let other = state.runs.first(where: { $0.value.progress.givesWay }) else { throw .full }
        state.end(other.key, .brokenOff)
        slow = other.value.cut
      }
      state.runs[user] = (progress, cut)
      state.outcomes.removeAll { $0.user == user }
      return slow
    }
    slow?()
    return ExportRun(user: user, progress: progress, exports: self)
  }

  /// - Parameter outcome: nil for one that never began.
  func end(_ user: User.ID, _ progress: ExportProgress, _ outcome: Outcome?) {
    state.withLock { state in
      // One that gave way has ended already, and the person may have another.
      if state.runs[user]?.progress === progress { state.end(user, outcome) }
    }
  }

  func progress(of user: User.ID) -> ExportProgress? { state.withLock { $0.runs[user]?.progress } }

  /// How the person's last one ended.
  func outcome(of user: User.ID) -> Outcome? {
    state.withLock { $0.outcomes.last { $0.user == user }?.outcome }
  }

  var count: Int { state.withLock { $0.runs.count } }

  /// Cuts all of them off: none would end in the time that a stop has.
  func shutDown() {
    let cuts = state.withLock { state in
      state.isShutDown = true
      return state.runs.values.map(\.cut)
    }
    for cut in cuts { cut() }
  }
}
