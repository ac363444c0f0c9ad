import Foundation
import Logging
import ServiceLifecycle
import UnixSignals

/// Stops the program on SIGTERM and SIGINT: gracefully on the first, at once on a second, and in any case
/// within ten seconds.
enum Stop {
  private static let deadline = Duration.seconds(9)

  static func onSignals(_ body: @escaping @Sendable () async throws -> Void) async throws {
    signal(SIGPIPE, SIG_IGN)
    let signals = await UnixSignalsSequence(trapping: .sigterm, .sigint)
    var logger = Logger(label: "nextalk.stop")
    logger.logLevel = .error
    let group = ServiceGroup(
      configuration: .init(
        services: [.init(service: Work(body: body), successTerminationBehavior: .gracefullyShutdownGroup)],
        logger: logger))
    try await withThrowingTaskGroup { tasks in
      tasks.addTask { try await group.run() }
      tasks.addTask {
        var isStopping = false
        for await _ in signals {
          guard !isStopping else { _exit(1) }
          isStopping = true
          await group.triggerGracefulShutdown()
          Task.detached {
            try? await Task.sleep(for: deadline)
            _exit(1)
          }
        }
      }
      defer { tasks.cancelAll() }
      _ = try await tasks.next()
    }
  }

  private struct Work: Service {
    let body: @Sendable () async throws -> Void

    func run() async throws { try await body() }
  }
}
