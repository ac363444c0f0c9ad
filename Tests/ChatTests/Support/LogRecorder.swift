import Logging
import Synchronization

/// Keeps every line that a server logs.
final class LogRecorder: Sendable {
  private let kept = Mutex<[(level: Logger.Level, line: String)]>([])

  var lines: [String] { kept.withLock { $0.map(\.line) } }

  var text: String { lines.joined(separator: "\n") }

  /// What was logged as an error.
  var errors: [String] { kept.withLock { $0.filter { $0.level >= .error }.map(\.line) } }

  func logger(level: Logger.Level) -> Logger {
    Logger(label: "test", factory: { _ in Handler(recorder: self, logLevel: level) })
  }

  fileprivate func keep(_ level: Logger.Level, _ line: String) {
    kept.withLock { $0.append((level, line)) }
  }
}

private struct Handler: LogHandler {
  let recorder: LogRecorder
  var logLevel: Logger.Level
  var metadata: Logger.Metadata = [:]

  subscript(metadataKey key: String) -> Logger.Metadata.Value? {
    get { metadata[key] }
    set { metadata[key] = newValue }
  }

  func log(event: LogEvent) {
    let all = metadata.merging(event.metadata ?? [:]) { $1 }
    recorder.keep(event.level, "\(event.level) \(event.message) \(all)")
  }
}
