import Foundation
import NIOPosix

/// Threads of their own for work that blocks or lasts, so that no event loop and no thread of the cooperative
/// pool does it. They end when the last reference to them goes.
public final class BlockingThreads: Sendable {
  private let pool: NIOThreadPool
  private let niceness: CInt

  /// - Parameter niceness: how far all else goes first, 0 to 19 (setpriority(2)).
  public init(_ count: Int, niceness: CInt = 0) {
    pool = NIOThreadPool(numberOfThreads: count)
    self.niceness = niceness
    pool.start()
  }

  /// Work that has begun goes on to its end.
  /// - Throws: what `work` throws, or `CancellationError` where the task was cancelled before a thread was free.
  public func run<Value: Sendable>(_ work: @escaping @Sendable () throws -> Value) async throws -> Value {
    try await pool.runIfActive { [self] in
      yieldToOthers()
      return try work()
    }
  }

  /// Also when the task that waits for it is cancelled: cleaning up is not to be left out because a client has
  /// gone.
  public func runUncancelled(_ work: @escaping @Sendable () -> Void) async {
    await withCheckedContinuation { continuation in
      begin {
        work()
        continuation.resume()
      }
    }
  }

  /// Does not wait for it. Work begins in the order in which it came; after ``finish()`` at once, on the thread
  /// of whoever calls.
  public func begin(_ work: @escaping @Sendable () -> Void) {
    pool.submit { [self] state in
      // Nobody else's thread is to be slowed down.
      if case .active = state { yieldToOthers() }
      work()
    }
  }

  /// Returns when the work that was begun has ended. None begins any more.
  public func finish() async { try? await pool.shutdownGracefully() }

  private func yieldToOthers() {
    // On Linux the nice value belongs to the thread that sets it.
    if niceness > 0 { _ = setpriority(__priority_which_t(PRIO_PROCESS.rawValue), 0, niceness) }
  }

  deinit { pool.shutdownGracefully { _ in } }
}
