import NIOCore

/// One event stream, held by whoever sends events to it.
public final class EventOutlet: Sendable {
  private let handler: NIOLoopBound<EventStreamHandler>
  private let isAlone: Bool

  /// Ends the task of a request whose answer goes on.
  private struct Left: Error {}

  /// Which event loop it is of, told without holding that.
  let loop: ObjectIdentifier
  var eventLoop: any EventLoop { handler.eventLoop }

  private init(_ handler: NIOLoopBound<EventStreamHandler>) {
    self.handler = handler
    isAlone = handler.value.isAlone
    loop = ObjectIdentifier(handler.eventLoop)
  }

  /// Makes the answer whose head is written on this connection, and that has no length, an event stream.
  public static func open(on channel: any Channel) async throws -> EventOutlet {
    try await channel.eventLoop.submit {
      let pipeline = channel.pipeline.syncOperations
      let handler = EventStreamHandler()
      let watch = try pipeline.handler(type: ConnectionGuard.self)
      try pipeline.addHandler(handler, position: .after(watch))
      return EventOutlet(NIOLoopBound(handler, eventLoop: channel.eventLoop))
    }.get()
  }

  /// Lets events flow: those offered until now and from now on that are newer than `replayed`.
  public func begin(after replayed: Int64) { onLoop { $0.begin(after: replayed) } }

  /// Ends the answer's body, after the beginning, by an error. Where the stream has the connection for itself, over
  /// HTTP/1.1, it does so at once, so that the request's task and the tens of kilobytes that it holds go and only
  /// the connection stays; else when the stream ends.
  public func endBody(on channel: any Channel) async throws {
    if !isAlone { try await channel.closeFuture.get() }
    throw Left()
  }

  /// Sends an event. A client that does not read, so that too many wait, is cut off.
  public func offer(_ event: ServerSentEvent) {
    onLoop {
      $0.offer(event)
      $0.flush()
    }
  }

  /// Ends the stream, and its connection, when all that was offered is sent.
  ///
  /// A client that does not take them in ``EventStreamHandler/endTime`` is cut off.
  public func end() { onLoop { $0.end() } }

  /// Closes its connection, whatever still waits to be sent.
  public func cut() { onLoop { $0.cut() } }

  /// On the event loop only.
  var handlerOnLoop: EventStreamHandler { handler.value }

  private func onLoop(_ body: @escaping @Sendable (EventStreamHandler) -> Void) {
    handler.eventLoop.execute { [handler] in body(handler.value) }
  }
}
