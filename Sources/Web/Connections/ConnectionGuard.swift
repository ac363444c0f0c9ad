import HTTPTypes
import NIOCore
import NIOHTTPTypes
import NIOHTTPTypesHTTP1

/// Watches one connection for what the server's own idle timer does not cover: a request whose body drips
/// in for longer than `requestTime` is cut off, or an upload for longer than ``uploadTime`` or slower than
/// ``MinimumRate``, the rest of a body that was answered early is dropped for at most ``restBytes`` and ``restTime``, an event stream whose
/// client has hung up ends at once, and the kernel gives up a peer that acknowledges nothing for 40 s.
final class ConnectionGuard: ChannelDuplexHandler, RemovableChannelHandler {
  typealias InboundIn = HTTPRequestPart
  typealias InboundOut = HTTPRequestPart
  typealias OutboundIn = HTTPResponsePart
  typealias OutboundOut = HTTPResponsePart

  static let uploadTime = TimeAmount.minutes(10)
  static let stopTime = TimeAmount.seconds(5)
  static let restBytes = 16 << 20
  static let restTime = TimeAmount.seconds(10)

  /// Whether the connection has no TLS, so that what an HTTP/1.1 encoder writes goes to its socket as it is.
  let isPlain: Bool
  private let requestTime: TimeAmount
  private var deadline: Scheduled<Void>?
  /// By when the next ``MinimumRate/bytes`` of an upload must be here.
  private var uploadDeadline: Scheduled<Void>?
  private var uploaded = 0
  private var isHTTP1 = false
  private var isStreaming = false
  /// No request can follow this one.
  private var isLast = false
  /// The bytes of a body that came after its answer; nil while there is no such.
  private var rest: Int?
  /// The server has been told to stop.
  private(set) var isStopping = false
  /// Requests that have begun and whose answer has not ended.
  private(set) var unanswered = 0

  private let connections: Connections?
  private var opened: Connections.Opened?

  /// - Parameter connections: counts it as long as it is open.
  init(requestTime: TimeAmount, isPlain: Bool = false, connections: Connections? = nil) {
    self.requestTime = requestTime
    self.isPlain = isPlain
    self.connections = connections
  }

  func handlerAdded(context: ChannelHandlerContext) {
    if let connections {
      opened = connections.open(context.channel)
      if opened == nil { context.channel.close(promise: nil) }
    }
    let pipeline = context.pipeline.syncOperations
    // A stream of HTTP/2 has no such codec.
    if let codec = try? pipeline.handler(type: HTTP1ToHTTPServerCodec.self) {
      isHTTP1 = true
      try? pipeline.addHandler(RequestHeads(), position: .before(codec))
    }
    if context.channel.isActive { watchPeer(context.channel) }
  }

  func channelActive(context: ChannelHandlerContext) {
    watchPeer(context.channel)
    context.fireChannelActive()
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    switch unwrapInboundIn(data) {
    case .head(let head):
      unanswered += 1
      setDeadline(requestTime, context)
      // We take no offer, but the parser reads nothing more after one (RFC 9110, 7.8).
      if head.headerFields[.upgrade] != nil { isLast = true }
    case .body(let bytes):
      if uploadDeadline != nil {
        uploaded += bytes.readableBytes
        if uploaded >= MinimumRate.bytes { awaitUpload(context) }
      }
      if let rest {
        self.rest = rest + bytes.readableBytes
        if rest > Self.restBytes { return context.close(promise: nil) }
      }
    case .end: endDeadline()
    }
    context.fireChannelRead(data)
  }

  func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
    switch unwrapOutboundIn(data) {
    case .head(var head):
      isStreaming = head.headerFields[.contentType] == "text/event-stream"
      // It ends with its connection.
      if isStreaming, isHTTP1 { isLast = true }
      // Those before it on the same connection are answered first.
      if isLast, unanswered <= 1 {
        head.headerFields[.connection] = "close"
        return context.write(wrapOutboundOut(.head(head)), promise: promise)
      }
    case .body: break
    case .end:
      isStreaming = false
      unanswered -= 1
      // Where requests are sent ahead, the body that still comes may be a later one's.
      if deadline != nil, unanswered <= 0 {
        rest = 0
        setDeadline(Self.restTime, context)
      }
    }
    guard isLast, unanswered <= 0, case .end = unwrapOutboundIn(data) else {
      return context.write(data, promise: promise)
    }
    let written = promise ?? context.eventLoop.makePromise()
    let channel = context.channel
    written.futureResult.whenComplete { _ in channel.close(promise: nil) }
    context.write(data, promise: written)
  }

  func triggerUserOutboundEvent(
    context: ChannelHandlerContext, event: Any, promise: EventLoopPromise<Void>?
  ) {
    guard event is UploadBegins else { return context.triggerUserOutboundEvent(event, promise: promise) }
    if deadline != nil {
      setDeadline(Self.uploadTime, context)
      awaitUpload(context)
    }
    promise?.succeed()
  }

  func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
    if isStreaming, let event = event as? ChannelEvent, event == .inputClosed {
      context.close(promise: nil)
    }
    if event is ChannelShouldQuiesceEvent {
      isStopping = true
      // A stop waits for what is nearly here, not for a slow body.
      if deadline != nil { setDeadline(Self.stopTime, context) }
    }
    context.fireUserInboundEventTriggered(event)
  }

  func channelInactive(context: ChannelHandlerContext) {
    endDeadline()
    context.fireChannelInactive()
  }

  func handlerRemoved(context: ChannelHandlerContext) {
    if let opened { connections?.close(opened) }
    opened = nil
    endDeadline()
  }

  private func setDeadline(_ time: TimeAmount, _ context: ChannelHandlerContext) {
    deadline?.cancel()
    let channel = context.channel
    deadline = context.eventLoop.scheduleTask(in: time) { channel.close(promise: nil) }
  }

  private func endDeadline() {
    deadline?.cancel()
    deadline = nil
    uploadDeadline?.cancel()
    uploadDeadline = nil
    rest = nil
  }

  private func awaitUpload(_ context: ChannelHandlerContext) {
    uploaded = 0
    uploadDeadline?.cancel()
    let channel = context.channel
    uploadDeadline = context.eventLoop.scheduleTask(in: MinimumRate.time) { channel.close(promise: nil) }
  }

  /// Keep-alive finds a silent peer that is gone (20 s, then 3 probes 8 s apart), the user timeout one that
  /// no longer acknowledges, and of what was not sent yet the kernel holds no more than 128 KiB (tcp(7)).
  private func watchPeer(_ channel: any Channel) {
    let socket = channel.socket
    // About ten reads wait on each connection: a quarter of the usual size keeps many uploads small.
    _ = socket.setOption(
      .recvAllocator, value: AdaptiveRecvByteBufferAllocator(minimum: 1_024, initial: 2_048, maximum: 16_384))
    // One piece of a body waits here, and the next is made when most of it is through.
    _ = socket.setOption(
      .writeBufferWaterMark,
      value: .init(low: PacedBodyWriter.pieceBytes / 2, high: PacedBodyWriter.pieceBytes))
    _ = socket.setOption(.socketOption(.so_keepalive), value: 1)
    for (name, value) in [(4, 20), (5, 8), (6, 3), (18, 40_000), (25, 131_072)] as [(CInt, Int)] {
      let option = NIOBSDSocket.Option(rawValue: name)
      _ = socket.setOption(.tcpOption(option), value: value)
    }
  }
}

extension Channel {
  /// The connection itself: an HTTP/2 stream stands on its parent's.
  var socket: any Channel { parent?.parent == nil ? self : parent ?? self }

  /// Whether it is one of the streams of a connection over HTTP/2.
  public var isStream: Bool { socket !== self }
}

/// Says to a connection that the request it reads is an upload of someone who may make one.
struct UploadBegins {}
