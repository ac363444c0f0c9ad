import Logging
import Synchronization
import Testing

@testable import Web

/// What reaches the log through the limit, from several loggers.
@Suite struct LimitedLogHandlerTests {
  private final class Lines: Sendable {
    let all = Mutex<[String]>([])
  }

  private struct Handler: LogHandler {
    let lines: Lines
    var logLevel = Logger.Level.warning
    var metadata: Logger.Metadata = [:]

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
      get { metadata[key] }
      set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
      let all = metadata.merging(event.metadata ?? [:]) { $1 }
      lines.all.withLock { $0.append("\(event.level) \(event.message) \(all)") }
    }
  }

  @Test func severalLoggersShareIt() {
    let (lines, limit) = (Lines(), LogLimit())
    let loggers = ["one", "two"].map { label in
      Logger(label: label) { _ in LimitedLogHandler(Handler(lines: lines), limit: limit) }
    }
    for number in 0..<100 { loggers[number % 2].error("It failed", metadata: ["number": "\(number)"]) }
    #expect(lines.all.withLock { $0 } == (0..<5).map { "error It failed [\"number\": \($0)]" })
  }

  @Test func aMinuteLater() {
    let (lines, limit) = (Lines(), LogLimit())
    for _ in 0..<9 { _ = limit.take(.error, "It failed", at: .now - .seconds(61)) }
    var logger = Logger(label: "test") { _ in LimitedLogHandler(Handler(lines: lines), limit: limit) }
    logger[metadataKey: "request"] = "7"
    logger.warning("Something else", metadata: ["name": "x"])
    let written = lines.all.withLock { $0 }
    #expect(written.first == "error and 4 more like this: It failed [:]")
    #expect(written.count == 2 && written.last?.hasPrefix("warning Something else [") == true)
    #expect(written.last?.contains("request") == true && written.last?.contains("name") == true)
  }

  @Test func theLevelIsThatOfTheOther() {
    let (lines, limit) = (Lines(), LogLimit())
    var logger = Logger(label: "test") { _ in LimitedLogHandler(Handler(lines: lines), limit: limit) }
    logger.info("Not written, and not counted")
    #expect(lines.all.withLock { $0.isEmpty })
    logger.logLevel = .info
    logger.info("Written")
    #expect(lines.all.withLock { $0.count } == 1)
  }
}
