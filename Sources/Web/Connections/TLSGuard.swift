import HummingbirdCore
import HummingbirdHTTP2
import Logging
import NIOCore
import NIOHTTP2
import NIOSSL
import NIOTLS

/// HTTPS with the limits that the server's own channel leaves out: a handshake that does not end, an HTTP/2 client
/// that is told to go and does not answer, and one that floods (``FrameLimit``) are cut off; a network that makes too
/// many handshakes gets no more for a moment.
struct GuardedTLSChannel: ServerChildChannel {
  let base: HTTP2UpgradeChannel
  let connections: Connections

  /// What a handshake costs of a network's share, beside the frames of HTTP/2.
  private static let handshakeCost = 4

  func setup(channel: any Channel, logger: Logger) -> EventLoopFuture<HTTP2UpgradeChannel.Value> {
    guard connections.take(Self.handshakeCost, on: channel) else {
      return channel.eventLoop.makeFailedFuture(ChannelError.alreadyClosed)
    }
    let value = base.setup(channel: channel, logger: logger)
    do {
      let pipeline = channel.pipeline.syncOperations
      let tls = try pipeline.handler(type: NIOSSLServerHandler.self)
      try pipeline.addHandler(HandshakeGuard(connections: connections), position: .after(tls))
    } catch {
      return channel.eventLoop.makeFailedFuture(error)
    }
    return value
  }

  func handle(value: HTTP2UpgradeChannel.Value, logger: Logger) async {
    await base.handle(value: value, logger: logger)
  }
}

/// Closes a connection whose TLS handshake takes longer than ``time``, or that still shakes hands when the
/// server stops.
private final class HandshakeGuard: ChannelInboundHandler {
  typealias InboundIn = ByteBuffer
  typealias InboundOut = ByteBuffer

  static let time = TimeAmount.seconds(10)

  private let connections: Connections
  private var deadline: Scheduled<Void>?
  private var isDone = false

  init(connections: Connections) { self.connections = connections }

  func handlerAdded(context: ChannelHandlerContext) {
    let channel = context.channel
    deadline = context.eventLoop.scheduleTask(in: Self.time) { channel.close(promise: nil) }
  }

  func handlerRemoved(context: ChannelHandlerContext) { deadline?.cancel() }

  func channelInactive(context: ChannelHandlerContext) {
    deadline?.cancel()
    context.fireChannelInactive()
  }

  func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
    if case TLSUserEvent.handshakeCompleted(let negotiated) = event {
      isDone = true
      deadline?.cancel()
      let channel = context.channel
      if negotiated == "h2" {
        try? context.pipeline.syncOperations.addHandler(
          FrameLimit(connections: connections), position: .after(self))
        // The handlers of HTTP/2 are added in answer to this very event.
        context.eventLoop.execute { GoAwayGuard.add(to: channel) }
      }
    }
    if event is ChannelShouldQuiesceEvent, !isDone { return context.close(promise: nil) }
    context.fireUserInboundEventTriggered(event)
  }
}

/// Closes an HTTP/2 connection some time after it was told to go away (RFC 9113, 6.8), whether or not its
/// client answers, and never before what is written just then is on its way.
private final class GoAwayGuard: ChannelOutboundHandler {
  typealias OutboundIn = HTTP2Frame
  typealias OutboundOut = HTTP2Frame

  /// A password that is being hashed takes some seconds on a machine that is busy. With the time that TLS waits for the
  /// other side's farewell, see ``Listener``, this stays within the 10 s that there are to stop.
  static let time = TimeAmount.seconds(6)

  private var deadline: Scheduled<Void>?

  static func add(to channel: any Channel) {
    let pipeline = channel.pipeline.syncOperations
    guard let http2 = try? pipeline.handler(type: NIOHTTP2Handler.self) else { return }
    try? pipeline.addHandler(GoAwayGuard(), position: .after(http2))
  }

  func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
    if case .goAway = unwrapOutboundIn(data).payload, deadline == nil {
      let channel = context.channel
      deadline = context.eventLoop.scheduleTask(in: Self.time) { channel.close(promise: nil) }
    }
    context.write(data, promise: promise)
  }

  /// When the last stream ends the connection closes itself, before that end is flushed.
  func close(context: ChannelHandlerContext, mode: CloseMode, promise: EventLoopPromise<Void>?) {
    guard mode == .all else { return context.close(mode: mode, promise: promise) }
    let bound = NIOLoopBound(context, eventLoop: context.eventLoop)
    context.eventLoop.execute { bound.value.close(mode: mode, promise: promise) }
  }

  func handlerRemoved(context: ChannelHandlerContext) { deadline?.cancel() }
}
