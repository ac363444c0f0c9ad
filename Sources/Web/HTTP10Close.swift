import NIOCore
import NIOHTTP1

/// Has a connection of HTTP/1.0 end with its answer (RFC 9112, 9.3): such clients, w3m and lynx among them, read
/// until then. It stands before the codec that forgets the version.
final class HTTP10Close: ChannelInboundHandler, RemovableChannelHandler {
  typealias InboundIn = HTTPServerRequestPart
  typealias InboundOut = HTTPServerRequestPart

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    guard case .head(var head) = unwrapInboundIn(data), (head.version.major, head.version.minor) < (1, 1)
    else {
      return context.fireChannelRead(data)
    }
    head.headers.replaceOrAdd(name: "Connection", value: "close")
    context.fireChannelRead(wrapInboundOut(.head(head)))
  }
}
