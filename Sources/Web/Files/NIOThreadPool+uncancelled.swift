import NIOPosix

extension NIOThreadPool {
  /// Runs `work` on one of the threads also when the task that waits for it is cancelled: cleaning up is not
  /// to be left out because a client has gone.
  public func runUncancelled(_ work: @escaping @Sendable () -> Void) async {
    await withCheckedContinuation { continuation in
      submit { _ in
        work()
        continuation.resume()
      }
    }
  }
}
