import HTTPTypes
import NIOCore
import NIOEmbedded
import NIOHTTP1
import NIOHTTPTypes
import NIOHTTPTypesHTTP1
import Testing

@testable import Web

/// A stream on its connection: framed, in order, once each, and cut off where the client does not read.
@Suite struct EventStreamTests {
  private let channel: EmbeddedChannel
  private let handler = EventStreamHandler()
  private var head = ""

  init() throws {
    channel = EmbeddedChannel()
    let pipeline = channel.pipeline.syncOperations
    try pipeline.addHandlers([
      HTTPResponseEncoder(), HTTP1ToHTTPServerCodec(secure: false), ConnectionGuard(requestTime: .seconds(1)),
    ])
    channel.connect(to: try SocketAddress(ipAddress: "127.0.0.1", port: 1), promise: nil)
    let request = HTTPRequestHead(
      version: .http1_1, method: .GET, uri: "/events", headers: ["Host": "x"])
    try channel.writeInbound(HTTPServerRequestPart.head(request))
    try channel.writeInbound(HTTPServerRequestPart.end(nil))
    try channel.writeOutbound(
      HTTPResponsePart.head(.init(status: .ok, headerFields: [.contentType: "text/event-stream"])))
    let watch = try pipeline.handler(type: ConnectionGuard.self)
    try pipeline.addHandler(handler, position: .after(watch))
    head = try written()
  }

  /// Else its client might send the next request where nobody listens any more.
  @Test func itsHeadTellsThatTheConnectionEnds() throws {
    #expect(head.lowercased().contains("\r\nconnection: close\r\n"))
    _ = try channel.finish()
  }

  private func event(_ id: Int64?, _ data: String = "x") -> ServerSentEvent {
    ServerSentEvent(id: id, data: data)
  }

  private func offer(_ events: ServerSentEvent...) {
    for event in events { handler.offer(event) }
    handler.flush()
  }

  private func written() throws -> String {
    var text = ""
    while let data = try channel.readOutbound(as: IOData.self) {
      if case .byteBuffer(let bytes) = data { text += String(buffer: bytes) }
    }
    return text
  }

  @Test func anEventIsAChunk() throws {
    #expect(handler.isAlone)
    handler.begin(after: 0)
    offer(event(nil, "ping"), event(17))
    #expect(try written() == "c\r\ndata: ping\n\n\r\n10\r\nid: 17\ndata: x\n\n\r\n")
    _ = try channel.finish()
  }

  @Test func whatCameBeforeTheBeginningWaits() throws {
    offer(event(5), event(6), event(nil, "p"))
    #expect(try written().isEmpty)
    handler.begin(after: 5)
    #expect(try written() == "f\r\nid: 6\ndata: x\n\n\r\n9\r\ndata: p\n\n\r\n")
    // The log may have been read further than it was published.
    handler.begin(after: 8)
    offer(event(8), event(9))
    #expect(try written() == "f\r\nid: 9\ndata: x\n\n\r\n")
    _ = try channel.finish()
  }

  @Test func anEndStillSendsWhatWaits() throws {
    offer(event(1))
    handler.end()
    offer(event(2))
    #expect(try written().isEmpty)
    handler.begin(after: 0)
    #expect(try written() == "f\r\nid: 1\ndata: x\n\n\r\n0\r\n\r\n")
    #expect(!channel.isActive)
  }

  @Test func anEndThatIsNotTakenIsCutOff() throws {
    handler.begin(after: 0)
    channel.isWritable = false
    offer(event(1))
    handler.end()
    channel.embeddedEventLoop.advanceTime(by: EventStreamHandler.endTime - .milliseconds(1))
    #expect(channel.isActive)
    channel.embeddedEventLoop.advanceTime(by: .milliseconds(1))
    #expect(try written().isEmpty && !channel.isActive)
  }

  @Test func whatIsTakenWhileItEndsEndsOnce() throws {
    handler.begin(after: 0)
    channel.isWritable = false
    offer(event(1))
    handler.end()
    channel.isWritable = true
    for _ in 0..<2 { channel.pipeline.fireChannelWritabilityChanged() }
    #expect(try written() == "f\r\nid: 1\ndata: x\n\n\r\n0\r\n\r\n")
    #expect(!channel.isActive)
  }

  @Test func aClientThatDoesNotReadIsCutOff() throws {
    handler.begin(after: 0)
    channel.isWritable = false
    for id in 1...Int64(Mailbox.maximumEvents) { offer(event(id)) }
    #expect(try written().isEmpty && channel.isActive)
    offer(event(9_999))
    #expect(try written().isEmpty && !channel.isActive)
  }

  @Test func aSlowClientGetsAllInOrder() throws {
    handler.begin(after: 0)
    channel.isWritable = false
    offer(event(1), event(2))
    #expect(try written().isEmpty)
    channel.isWritable = true
    channel.pipeline.fireChannelWritabilityChanged()
    offer(event(3))
    #expect(try written() == (1...3).map { "f\r\nid: \($0)\ndata: x\n\n\r\n" }.joined())
    _ = try channel.finish()
  }

  /// The server's task is done and would send nothing more; a later request would stand amid the events.
  @Test func nothingElseGoesOnItsConnection() throws {
    handler.begin(after: 0)
    for mode in [CloseMode.output, .all] { channel.close(mode: mode, promise: nil) }
    _ = try channel.readInbound(as: HTTPRequestPart.self)
    _ = try channel.readInbound(as: HTTPRequestPart.self)
    try channel.writeInbound(
      HTTPServerRequestPart.head(.init(version: .http1_1, method: .GET, uri: "/", headers: ["Host": "x"])))
    #expect(try channel.readInbound(as: HTTPRequestPart.self) == nil)
    offer(event(1))
    #expect(try written() == "f\r\nid: 1\ndata: x\n\n\r\n")
    _ = try channel.finish()
  }
}
