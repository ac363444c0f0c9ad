import NIOCore
import NIOPosix
import Synchronization
import Testing

/// A connection that sends any bytes, also such as no client would.
final class RawConnection: Sendable {
  private let channel: any Channel
  private let received: Received

  private final class Received: Sendable {
    let bytes = Mutex<[UInt8]>([])
    let hasEnded = Mutex(false)
  }

  private final class Collector: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    let received: Received

    init(_ received: Received) { self.received = received }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
      let bytes = unwrapInboundIn(data)
      received.bytes.withLock { $0.append(contentsOf: bytes.readableBytesView) }
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
      if let event = event as? ChannelEvent, event == .inputClosed { end() }
    }

    func channelInactive(context: ChannelHandlerContext) { end() }

    func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }

    private func end() { received.hasEnded.withLock { $0 = true } }
  }

  /// - Parameter reads: false leaves in the kernel, in as little room as it gives, what the server sends.
  init(_ server: TestServer, reads: Bool = true) async throws {
    let received = Received()
    self.received = received
    var bootstrap = ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
      .channelOption(.allowRemoteHalfClosure, value: true)
      .channelOption(.autoRead, value: reads)
      .channelInitializer { channel in
        channel.eventLoop.makeCompletedFuture {
          try channel.pipeline.syncOperations.addHandler(Collector(received))
        }
      }
    if !reads { bootstrap = bootstrap.channelOption(.socketOption(.so_rcvbuf), value: 4_096) }
    channel = try await bootstrap.connect(host: "127.0.0.1", port: server.port).get()
  }

  var bytes: [UInt8] { received.bytes.withLock { $0 } }
  var text: String { String(decoding: bytes, as: UTF8.self) }
  /// Whether the server has ended the connection, or its half of it.
  var hasEnded: Bool { received.hasEnded.withLock { $0 } }

  /// The status of the first answer, once it has come.
  var status: Int? {
    let words = text.prefix(40).split(separator: " ")
    return words.count > 1 && words[0] == "HTTP/1.1" ? Int(words[1]) : nil
  }

  func send(_ text: String) async throws { try await send(Array(text.utf8)) }

  func send(_ bytes: [UInt8]) async throws { try await channel.writeAndFlush(ByteBuffer(bytes: bytes)) }

  /// Sends nothing more, and still takes what comes.
  func finish() async { try? await channel.close(mode: .output) }

  func close() async { try? await channel.close() }

  /// Takes what has come by now.
  func readSome() { channel.read() }

  /// Takes from now on what the server sends.
  func read() { _ = channel.setOption(.autoRead, value: true) }

  /// Sends one request and waits for its answer; the connection is closed afterwards.
  static func exchange(_ server: TestServer, _ request: String) async throws -> RawConnection {
    let connection = try await RawConnection(server)
    try? await connection.send(request)
    try await eventually("an answer to \(request.prefix(300))") {
      connection.hasEnded || connection.status != nil
    }
    await connection.close()
    return connection
  }
}
