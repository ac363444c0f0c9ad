import NIOPosix
import Testing

/// Waits until `condition` holds, and fails the test when it does not within `time`.
///
/// The only place of these tests that looks at the clock again and again.
func eventually(
  _ what: @autoclosure () -> Comment, within time: Duration = .seconds(120),
  sourceLocation: SourceLocation = #_sourceLocation, _ condition: () async throws -> Bool
) async throws {
  let deadline = ContinuousClock.now + time
  while try await !condition() {
    guard .now < deadline else {
      Issue.record("Not within \(time): \(what())", sourceLocation: sourceLocation)
      throw TookTooLong()
    }
    try await MultiThreadedEventLoopGroup.singleton.any().scheduleTask(in: .milliseconds(5)) {}
      .futureResult.get()
  }
}

struct TookTooLong: Error {}
