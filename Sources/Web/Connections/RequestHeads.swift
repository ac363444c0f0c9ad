import NIOCore
import NIOHTTP1

/// Looks at each head of HTTP/1 before the codec that forgets its version and all but one of its hosts.
///
/// A connection of HTTP/1.0 ends with its answer (RFC 9112, 9.3): such clients, w3m and lynx among them, read
/// until then. A request that does not name one host, which only HTTP/1.0 may leave out, gets 400 and is the
/// last of its connection (RFC 9112, 3.2).
final class RequestHeads: ChannelInboundHandler, RemovableChannelHandler {
  typealias InboundIn = HTTPServerRequestPart
  typealias InboundOut = HTTPServerRequestPart

  private var isRefused = false

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    guard !isRefused else { return }
    guard case .head(var head) = unwrapInboundIn(data) else { return context.fireChannelRead(data) }
    let isOld = (head.version.major, head.version.minor) < (1, 1)
    guard HostField.isProper(head.headers["Host"], isOptional: isOld) else {
      isRefused = true
      // The server answers it as it does what the parser cannot read, once what came before is answered.
      return context.fireErrorCaught(HTTPParserError.invalidHeaderToken)
    }
    guard isOld else { return context.fireChannelRead(data) }
    head.headers.replaceOrAdd(name: "Connection", value: "close")
    context.fireChannelRead(wrapInboundOut(.head(head)))
  }
}
