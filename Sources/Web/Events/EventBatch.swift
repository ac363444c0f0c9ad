import NIOCore

/// Events on their way to many streams: each event loop is entered once for all of its streams, and each
/// stream flushed once for all of its events.
public struct EventBatch: Sendable {
  private struct Share: Sendable {
    let eventLoop: any EventLoop
    var deliveries: [(EventOutlet, ServerSentEvent)] = []
  }

  private var shares: [ObjectIdentifier: Share] = [:]

  public init() {}

  public mutating func add(_ event: ServerSentEvent, to outlet: EventOutlet) {
    let eventLoop = outlet.eventLoop
    shares[ObjectIdentifier(eventLoop), default: Share(eventLoop: eventLoop)].deliveries
      .append((outlet, event))
  }

  /// Hands everything over and empties the batch. Whoever publishes much waits here for the sockets' turn.
  public mutating func send() async {
    let handed = shares.values.map { share in
      share.eventLoop.submit {
        for (outlet, event) in share.deliveries { outlet.handlerOnLoop.offer(event) }
        for (outlet, _) in share.deliveries { outlet.handlerOnLoop.flush() }
      }
    }
    shares = [:]
    for each in handed { try? await each.get() }
  }
}
