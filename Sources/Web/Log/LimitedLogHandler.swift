import Logging

/// Hands on to another handler what the limit lets through. `LoggingSystem.bootstrap` makes one for each
/// logger, those of the packages too, all with the same limit.
public struct LimitedLogHandler: LogHandler {
  private var base: any LogHandler
  private let limit: LogLimit

  public init(_ base: any LogHandler, limit: LogLimit) {
    self.base = base
    self.limit = limit
  }

  public var logLevel: Logger.Level {
    get { base.logLevel }
    set { base.logLevel = newValue }
  }

  public var metadata: Logger.Metadata {
    get { base.metadata }
    set { base.metadata = newValue }
  }

  public var metadataProvider: Logger.MetadataProvider? {
    get { base.metadataProvider }
    set { base.metadataProvider = newValue }
  }

  public subscript(metadataKey key: String) -> Logger.Metadata.Value? {
    get { base[metadataKey: key] }
    set { base[metadataKey: key] = newValue }
  }

  public func log(event: LogEvent) {
    let (isWritten, rests) = limit.take(event.level, event.message.description)
    for rest in rests { log(rest, with: event) }
    if isWritten { base.log(event: event) }
  }

  private func log(_ rest: LogLimit.Rest, with event: LogEvent) {
    // What else this logger and this line say is of another matter.
    var (handler, line) = (base, event)
    handler.metadata = [:]
    line.level = rest.level
    line.message = "and \(rest.count) more like this: \(rest.text)"
    line.error = nil
    line.metadata = nil
    handler.log(event: line)
  }
}
