import Foundation
import HTTPTypes
import NIOCore
import NIOHTTP1
import NIOHTTPTypes
import NIOHTTPTypesHTTP1
import NIOPosix
import Synchronization
import Testing

@testable import Web

/// A stream on a real socket, which it writes to itself while nothing else waits there.
@Suite(.timeLimit(.minutes(1))) struct EventSocketTests {
  /// Next to the socket: counts what the pipeline brings there, and knows first that it is closed.
  private final class Passage: ChannelDuplexHandler, Sendable {
    typealias InboundIn = ByteBuffer
    typealias OutboundIn = IOData
    let writes = Mutex(0)
    let whenInactive = Mutex<(@Sendable () -> Void)?>(nil)
    private let accepted: EventLoopPromise<any Channel>

    init(_ accepted: EventLoopPromise<any Channel>) { self.accepted = accepted }

    func channelActive(context: ChannelHandlerContext) {
      accepted.succeed(context.channel)
      context.fireChannelActive()
    }

    func channelInactive(context: ChannelHandlerContext) {
      whenInactive.withLock { $0 }?()
      context.fireChannelInactive()
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
      writes.withLock { $0 += 1 }
      context.write(data, promise: promise)
    }
  }

  private final class Reader: ChannelInboundHandler, Sendable {
    typealias InboundIn = ByteBuffer
    let bytes = Mutex(ByteBuffer())

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
      let read = unwrapInboundIn(data)
      bytes.withLock { _ = $0.writeImmutableBuffer(read) }
    }
  }

  private struct Connection {
    let server: any Channel
    let client: any Channel
    let stream: NIOLoopBound<EventStreamHandler>
    let passage: Passage
    let reader: Reader

    func onLoop<Value: Sendable>(
      _ body: @escaping @Sendable (EventStreamHandler) throws -> Value
    ) async throws -> Value {
      try await server.eventLoop.submit { [stream] in try body(stream.value) }.get()
    }

    func offer(_ events: [ServerSentEvent]) async throws {
      try await onLoop { stream in
        for event in events { stream.offer(event) }
        stream.flush()
      }
    }

    /// Returns when the client has read so many bytes of chunks.
    func read(_ count: Int) async throws -> String {
      for _ in 0..<1_000 {
        let text = reader.bytes.withLock { String(buffer: $0) }
        if let head = text.range(of: "\r\n\r\n"), text[head.upperBound...].utf8.count >= count {
          return String(text[head.upperBound...])
        }
        try await Task.sleep(for: .milliseconds(10))
      }
      throw ChannelError.connectTimeout(.seconds(10))
    }

    /// Whether the client reads nothing.
    func setStalled(_ isStalled: Bool) async throws {
      try await client.setOption(.autoRead, value: !isStalled).get()
    }
  }

  /// How many bytes the kernel holds on each side; it takes a few times that.
  private static let buffer = 32 << 10

  private func with(isPlain: Bool = true, _ body: (Connection) async throws -> Void) async throws {
    let group = MultiThreadedEventLoopGroup.singleton
    let accepted = group.any().makePromise(of: (any Channel).self)
    let passage = Passage(accepted)
    let listener = try await ServerBootstrap(group: group)
      .childChannelOption(.socketOption(.so_sndbuf), value: Self.buffer)
      .childChannelInitializer { channel in
        channel.eventLoop.makeCompletedFuture {
          try channel.pipeline.syncOperations.addHandlers([
            passage, HTTPResponseEncoder(), ByteToMessageHandler(HTTPRequestDecoder()),
            HTTP1ToHTTPServerCodec(secure: false),
            ConnectionGuard(requestTime: .seconds(60), isPlain: isPlain),
          ])
        }
      }
      .bind(host: "127.0.0.1", port: 0).get()
    let reader = Reader()
    let client = try await ClientBootstrap(group: group)
      .channelOption(.socketOption(.so_rcvbuf), value: Self.buffer)
      .channelInitializer { $0.pipeline.addHandler(reader) }
      .connect(to: listener.localAddress ?? SocketAddress(ipAddress: "127.0.0.1", port: 0)).get()
    let server = try await accepted.futureResult.get()
    client.writeAndFlush(ByteBuffer(string: "GET /events HTTP/1.1\r\nHost: x\r\n\r\n"), promise: nil)
    let hasAsked = {
      try await server.eventLoop.submit {
        try server.pipeline.syncOperations.handler(type: ConnectionGuard.self).unanswered == 1
      }.get()
    }
    while try await !hasAsked() { try await Task.sleep(for: .milliseconds(5)) }
    let stream = try await server.eventLoop.submit {
      let handler = EventStreamHandler()
      let pipeline = server.pipeline.syncOperations
      let watch = try pipeline.handler(type: ConnectionGuard.self)
      try pipeline.addHandler(handler, position: .after(watch))
      server.write(
        HTTPResponsePart.head(.init(status: .ok, headerFields: [.contentType: "text/event-stream"])),
        promise: nil)
      handler.begin(after: 0)
      #expect(handler.isAlone)
      return NIOLoopBound(handler, eventLoop: server.eventLoop)
    }.get()
    let connection = Connection(
      server: server, client: client, stream: stream, passage: passage, reader: reader)
    defer { for channel in [client, server, listener] { channel.close(promise: nil) } }
    try await body(connection)
  }

  private func text(_ events: [ServerSentEvent]) -> String {
    events.map { String(buffer: $0.chunk) }.joined()
  }

  private func events(_ ids: ClosedRange<Int64>, bytes: Int) -> [ServerSentEvent] {
    ids.map { ServerSentEvent(id: $0, data: String(repeating: "x", count: bytes)) }
  }

  @Test func pastThePipelineOnceTheHeadIsThrough() async throws {
    try await with { connection in
      let (first, then) = (events(1...1, bytes: 10), events(2...5, bytes: 10))
      try await connection.offer(first)
      #expect(try await connection.read(text(first).utf8.count) == text(first))
      let before = connection.passage.writes.withLock { $0 }
      for event in then { try await connection.offer([event]) }
      #expect(try await connection.read(text(first + then).utf8.count) == text(first + then))
      #expect(before > 0 && connection.passage.writes.withLock { $0 } == before)
    }
  }

  @Test func notPastTLS() async throws {
    try await with(isPlain: false) { connection in
      let all = events(1...5, bytes: 10)
      for event in all { try await connection.offer([event]) }
      #expect(try await connection.read(text(all).utf8.count) == text(all))
      #expect(connection.passage.writes.withLock { $0 } >= all.count)
    }
  }

  @Test func severalAtOnceShareTheirMemory() async throws {
    try await with { connection in
      let first = events(1...1, bytes: 10)
      try await connection.offer(first)
      _ = try await connection.read(text(first).utf8.count)
      let before = connection.passage.writes.withLock { $0 }
      let then = events(2...4, bytes: 10)
      try await connection.offer(then)
      #expect(try await connection.read(text(first + then).utf8.count) == text(first + then))
      #expect(connection.passage.writes.withLock { $0 } == before + then.count)
    }
  }

  @Test func whatTheSocketDoesNotTakeWaitsInOrder() async throws {
    try await with { connection in
      var all = events(1...1, bytes: 8_000)
      try await connection.offer(all)
      _ = try await connection.read(text(all).utf8.count)
      try await connection.setStalled(true)
      let through = connection.passage.writes.withLock { $0 }
      all += events(2...120, bytes: 8_000)
      for event in all[1...] { try await connection.offer([event]) }
      #expect(connection.passage.writes.withLock { $0 } > through)
      #expect(try await connection.server.getOption(.bufferedWritableBytes).get() > 0)
      try await connection.setStalled(false)
      #expect(try await connection.read(text(all).utf8.count) == text(all))
      // And past the pipeline again, once that is empty.
      let before = connection.passage.writes.withLock { $0 }
      let last = events(121...122, bytes: 10)
      for event in last { try await connection.offer([event]) }
      #expect(try await connection.read(text(all + last).utf8.count) == text(all + last))
      #expect(connection.passage.writes.withLock { $0 } == before)
    }
  }

  @Test func moreAtOnceThanASocketTakes() async throws {
    try await with { connection in
      let all = events(1...100, bytes: 8_000)
      try await connection.offer(all)
      #expect(try await connection.read(text(all).utf8.count) == text(all))
    }
  }

  @Test func anEndComesAfterAllThatWaits() async throws {
    try await with { connection in
      try await connection.setStalled(true)
      let all = events(1...60, bytes: 8_000)
      try await connection.offer(all)
      try await connection.onLoop { $0.end() }
      try await connection.setStalled(false)
      let wanted = text(all) + "0\r\n\r\n"
      #expect(try await connection.read(wanted.utf8.count) == wanted)
    }
  }

  /// What came on a socket that took the number of a closed one.
  private final class Successor: Sendable {
    let isThere = Mutex(false)
    let received = Mutex(0)
  }

  /// The number of its socket is another person's at once.
  @Test func nothingIsWrittenOnceItsConnectionIsClosed() async throws {
    let successor = Successor()
    // Something else of this process may take the number first.
    for _ in 0..<20 where !successor.isThere.withLock({ $0 }) {
      try await with { connection in
        let all = events(1...2, bytes: 10)
        for event in all { try await connection.offer([event]) }
        _ = try await connection.read(text(all).utf8.count)
        let late = ServerSentEvent(id: 3, data: "late")
        try await connection.onLoop { [server = connection.server, passage = connection.passage] stream in
          let number = try #require(
            try server.pipeline.syncOperations.withUnsafeTransportIfAvailable(of: NIOBSDSocket.Handle.self) {
              $0
            })
          var pair: [CInt] = [0, 0]
          try #require(socketpair(AF_UNIX, CInt(SOCK_STREAM.rawValue), 0, &pair) == 0)
          let (ours, theirs) = (pair[0], pair[1])
          let stream = NIOLoopBound(stream, eventLoop: server.eventLoop)
          passage.whenInactive.withLock { action in
            action = {
              let taken = fcntl(ours, F_DUPFD_CLOEXEC, number)
              successor.isThere.withLock { $0 = taken == number }
              stream.value.offer(late)
              stream.value.flush()
              var bytes = [UInt8](repeating: 0, count: 100)
              successor.received.withLock { $0 = recv(theirs, &bytes, bytes.count, CInt(MSG_DONTWAIT)) }
              close(taken)
            }
          }
          stream.value.cut()
          close(ours)
          close(theirs)
        }
      }
    }
    #expect(successor.isThere.withLock { $0 })
    #expect(successor.received.withLock { $0 } == -1)
  }

  @Test func aClientThatIsGoneClosesIt() async throws {
    try await with { connection in
      // Bytes that it has not read make its end a reset.
      try await connection.setStalled(true)
      try await connection.offer(events(1...1, bytes: 10))
      try await connection.client.close()
      for event in events(2...20, bytes: 1_000) { try? await connection.offer([event]) }
      try await connection.server.closeFuture.get()
    }
  }
}
