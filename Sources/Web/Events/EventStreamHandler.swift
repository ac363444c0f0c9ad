import Glibc
import HTTPTypes
import NIOCore
import NIOHTTP1
import NIOHTTPTypes

/// Writes one event stream on its connection's event loop, from when the head of the answer is written until
/// the connection closes, which is how a stream ends. It stands above ``ConnectionGuard``.
///
/// Events wait in the mailbox until the stream has begun and while the client does not read; where that is
/// full the connection is closed. Over HTTP/1.1 an event goes as the chunk that all streams share, past the
/// handlers that would frame it again; without TLS, and where nothing else waits for the socket, straight to
/// that.
final class EventStreamHandler: ChannelDuplexHandler {
  typealias InboundIn = HTTPRequestPart
  typealias InboundOut = HTTPRequestPart
  typealias OutboundIn = HTTPResponsePart
  typealias OutboundOut = HTTPResponsePart

  /// How long the client has to take what was offered before the end.
  static let endTime = TimeAmount.seconds(5)

  private var mailbox = Mailbox()
  private var context: ChannelHandlerContext?
  /// The encoder's place in the pipeline of HTTP/1.1: what is written there goes to the socket as it is.
  private var encoder: ChannelHandlerContext?
  private var hasBegun = false
  private var isEnding = false
  private var isFinished = false
  private var isUnflushed = false
  /// The one chunk that the next flush sends. Where there are more the channel has them all.
  private var chunk: ByteBuffer?
  /// What takes chunks as they are. The number is another connection's when this one is closed.
  private var socket: NIOBSDSocket.Handle?
  /// Nothing that was written before waits for the socket.
  private var isThrough = false
  /// Durable events up to this one have been replayed.
  private var replayed: Int64 = 0

  /// Whether the connection belongs to the stream alone: once begun, what its request's task does is ignored.
  private(set) var isAlone = false

  func handlerAdded(context: ChannelHandlerContext) {
    let pipeline = context.pipeline.syncOperations
    self.context = context
    encoder = try? pipeline.context(handlerType: HTTPResponseEncoder.self)
    guard encoder != nil, let watch = try? pipeline.handler(type: ConnectionGuard.self) else { return }
    isAlone = watch.unanswered == 1
    if watch.isPlain { socket = try? pipeline.withUnsafeTransportIfAvailable { $0 } }
  }

  func handlerRemoved(context: ChannelHandlerContext) { forget() }

  func channelInactive(context: ChannelHandlerContext) {
    forget()
    context.fireChannelInactive()
  }

  /// Nothing can follow on this connection.
  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    if !isAlone { context.fireChannelRead(data) }
  }

  func channelWritabilityChanged(context: ChannelHandlerContext) {
    drain()
    context.fireChannelWritabilityChanged()
  }

  /// The request's task is done with the connection, the stream is not.
  func close(context: ChannelHandlerContext, mode: CloseMode, promise: EventLoopPromise<Void>?) {
    guard isAlone, hasBegun, !isFinished else { return context.close(mode: mode, promise: promise) }
    promise?.succeed()
  }

  /// Writes the event, or has it wait. ``flush()`` sends what was written.
  /// - Returns: whether there is something to flush that there was not before.
  @discardableResult
  func offer(_ event: ServerSentEvent) -> Bool {
    guard let context, !isEnding else { return false }
    let wasUnflushed = isUnflushed
    if hasBegun, mailbox.isEmpty, isThrough || context.channel.isWritable {
      write(event, context)
    } else if !mailbox.offer(event) {
      context.close(promise: nil)
    }
    return isUnflushed && !wasUnflushed
  }

  func flush() {
    guard isUnflushed else { return }
    isUnflushed = false
    guard let encoder, let chunk else {
      (encoder ?? context)?.flush()
      return
    }
    self.chunk = nil
    guard let rest = send(chunk, encoder.channel) else { return }
    encoder.writeAndFlush(NIOAny(IOData.byteBuffer(rest)), promise: nil)
  }

  /// - Returns: what the socket does not take now; the channel waits for that, and meets what is wrong with it.
  private func send(_ bytes: ByteBuffer, _ channel: any Channel) -> ByteBuffer? {
    guard let socket, channel.isActive else { return bytes }
    if !isThrough {
      isThrough = (try? channel.syncOptions?.getOption(.bufferedWritableBytes)) == 0
      guard isThrough else { return bytes }
    }
    let count = bytes.withUnsafeReadableBytes {
      Glibc.send(socket, $0.baseAddress, $0.count, CInt(MSG_DONTWAIT) | CInt(MSG_NOSIGNAL))
    }
    isThrough = count == bytes.readableBytes
    if isThrough { return nil }
    var rest = bytes
    rest.moveReaderIndex(forwardBy: max(0, count))
    return rest
  }

  /// Lets events flow that are newer than `replayed`.
  func begin(after replayed: Int64) {
    self.replayed = replayed
    hasBegun = true
    drain()
  }

  /// Ends the stream when all that was offered is written.
  func end() {
    isEnding = true
    drain()
    guard let context else { return }
    let bound = NIOLoopBound(self, eventLoop: context.eventLoop)
    context.eventLoop.scheduleTask(in: Self.endTime) { bound.value.cut() }
  }

  func cut() { context?.close(promise: nil) }

  private func drain() {
    guard let context, hasBegun, !isFinished else { return }
    while context.channel.isWritable, let event = mailbox.take() { write(event, context) }
    flush()
    // Writing may have drained it already.
    if isEnding, mailbox.isEmpty, !isFinished { finish(context) }
  }

  private func write(_ event: ServerSentEvent, _ context: ChannelHandlerContext) {
    if let id = event.id, id <= replayed { return }
    let isFirst = !isUnflushed
    // Writing may have flushed what came before.
    defer { isUnflushed = true }
    guard let encoder else { return context.write(wrapOutboundOut(.body(event.bytes)), promise: nil) }
    if isFirst {
      chunk = event.chunk
      return
    }
    if let first = chunk {
      chunk = nil
      isThrough = false
      encoder.write(NIOAny(IOData.byteBuffer(first)), promise: nil)
    }
    encoder.write(NIOAny(IOData.byteBuffer(event.chunk)), promise: nil)
  }

  private func finish(_ context: ChannelHandlerContext) {
    isFinished = true
    let channel = context.channel
    context.writeAndFlush(wrapOutboundOut(.end(nil))).whenComplete { _ in channel.close(promise: nil) }
  }

  private func forget() {
    context = nil
    encoder = nil
    socket = nil
    chunk = nil
    mailbox = Mailbox()
  }
}
