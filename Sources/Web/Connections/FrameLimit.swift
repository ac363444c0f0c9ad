import NIOCore
import NIOSSL

/// Counts the frames of one HTTP/2 connection that cost its client nothing and the server work (RFC 9113, 10.5):
/// resets, settings, pings, changes of a window, kinds that nobody knows, data of a few bytes. Past the share of its
/// network, or of whoever is known on it, the connection is closed. It lives on the connection's event loop, between
/// TLS and HTTP/2.
final class FrameLimit: ChannelDuplexHandler {
  typealias InboundIn = ByteBuffer
  typealias InboundOut = ByteBuffer
  typealias OutboundIn = ByteBuffer
  typealias OutboundOut = ByteBuffer

  /// What was sent earns as many changes of a window as a client makes that makes two for each frame of data.
  private static let bytesPerWindowUpdate = 4 << 10
  private static let mostWindowUpdates = 4_096

  private let connections: Connections
  private var frames = HTTP2FrameHeads()
  private var earned = 0
  private var written = 0

  init(connections: Connections) { self.connections = connections }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    var cost = 0
    unwrapInboundIn(data).withUnsafeReadableBytes { bytes in
      frames.read(bytes) { kind, length in
        switch kind {
        case .data where length >= 64, .headers, .continuation: break
        case .windowUpdate where earned > 0: earned -= 1
        // It may have cut off a request that was begun.
        case .reset: cost += 10
        default: cost += 1
        }
      }
    }
    guard cost == 0 || connections.take(cost, on: context.channel) else { return cutOff(context.channel) }
    context.fireChannelRead(data)
  }

  /// At once: TLS would wait for its client's farewell, and go on deciphering what comes until then.
  private func cutOff(_ channel: any Channel) {
    let tls = try? channel.pipeline.syncOperations.context(handlerType: NIOSSLServerHandler.self)
    tls?.close(promise: nil)
  }

  func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
    written += unwrapOutboundIn(data).readableBytes
    earned = min(Self.mostWindowUpdates, earned + written / Self.bytesPerWindowUpdate)
    written %= Self.bytesPerWindowUpdate
    context.write(data, promise: promise)
  }
}
