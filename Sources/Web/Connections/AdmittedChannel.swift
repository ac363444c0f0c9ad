import HummingbirdCore
import Logging
import NIOCore

/// A connection that is counted among ``Connections`` before anything is read from it.
struct AdmittedChannel<Base: ServerChildChannel>: ServerChildChannel {
  let base: Base
  let connections: Connections

  func setup(channel: any Channel, logger: Logger) -> EventLoopFuture<Base.Value> {
    connections.admit(channel)
    return base.setup(channel: channel, logger: logger)
  }

  func handle(value: Base.Value, logger: Logger) async { await base.handle(value: value, logger: logger) }
}
