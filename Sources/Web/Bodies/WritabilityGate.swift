import NIOCore

/// Lets whoever writes a body go on when the connection has taken what was written before, and closes one whose
/// client takes less than ``MinimumRate``. It lives on the connection's event loop, above ``ConnectionGuard``, from
/// the first body that needs it until the connection closes.
///
/// Off the event loop a channel looks writable until the loop has run, however much was written: only the loop
/// itself can tell.
final class WritabilityGate: ChannelInboundHandler, RemovableChannelHandler {
  typealias InboundIn = Any
  typealias InboundOut = Any

  private var waiting: EventLoopPromise<Void>?
  private var since = NIODeadline.now()
  private var count = 0
  private var rate = MinimumRate()
  private var deadline: Scheduled<Void>?
  private var stop: Scheduled<Void>?

  /// The one of the channel. On its event loop.
  static func of(_ channel: any Channel) throws -> WritabilityGate {
    let pipeline = channel.pipeline.syncOperations
    if let there = try? pipeline.handler(type: WritabilityGate.self) { return there }
    let gate = WritabilityGate()
    let watch = try pipeline.handler(type: ConnectionGuard.self)
    try pipeline.addHandler(gate, position: .after(watch))
    if watch.isStopping { gate.awaitStop(of: channel) }
    return gate
  }

  /// A new body begins.
  func begin() { rate = MinimumRate() }

  /// Succeeds when the channel takes more; fails when it is closed.
  /// - Parameter count: how many bytes were written since the last time.
  func pass(_ count: Int, on channel: any Channel) -> EventLoopFuture<Void> {
    guard channel.isActive else { return channel.eventLoop.makeFailedFuture(ChannelError.ioOnClosedChannel) }
    // What a buffer takes at once says nothing of the client.
    guard !channel.isWritable else { return channel.eventLoop.makeSucceededVoidFuture() }
    // A body is written by one task, which waits.
    waiting?.fail(ChannelError.alreadyClosed)
    let promise = channel.eventLoop.makePromise(of: Void.self)
    (waiting, since, self.count) = (promise, .now(), count)
    deadline = channel.eventLoop.scheduleTask(in: rate.patience) { channel.close(promise: nil) }
    return promise.futureResult
  }

  func channelWritabilityChanged(context: ChannelHandlerContext) {
    if context.channel.isWritable, let waiting {
      rate.add(count, after: .now() - since)
      end()
      waiting.succeed()
    }
    context.fireChannelWritabilityChanged()
  }

  /// A stop waits for what is nearly through, not for a slow reader.
  func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
    if event is ChannelShouldQuiesceEvent { awaitStop(of: context.channel) }
    context.fireUserInboundEventTriggered(event)
  }

  private func awaitStop(of channel: any Channel) {
    if stop != nil { return }
    stop = channel.eventLoop.scheduleTask(in: ConnectionGuard.stopTime) { channel.close(promise: nil) }
  }

  func channelInactive(context: ChannelHandlerContext) {
    fail()
    context.fireChannelInactive()
  }

  func handlerRemoved(context: ChannelHandlerContext) { fail() }

  private func fail() {
    let waiting = waiting
    end()
    stop?.cancel()
    waiting?.fail(ChannelError.ioOnClosedChannel)
  }

  private func end() {
    waiting = nil
    deadline?.cancel()
    deadline = nil
  }
}
