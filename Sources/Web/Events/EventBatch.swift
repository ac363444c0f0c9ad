import NIOCore

/// Events on their way to many streams: each event loop is entered once for all of its streams, and each
/// stream flushed once for all of its events.
public struct EventBatch: Sendable {
  private var shares: [Share] = []
  private var count = 0

  public init() {}

  /// Whether handing over more at once would keep event loops from other work for long.
  public var isFull: Bool { count > 10_000 }

  public mutating func add(_ event: ServerSentEvent, to outlets: [EventOutlet]) {
    count += outlets.count
    var takers = shares.map { _ in [EventOutlet]() }
    for outlet in outlets {
      if let index = shares.firstIndex(where: { $0.loop == outlet.loop }) {
        takers[index].append(outlet)
      } else {
        shares.append(Share(outlet))
        takers.append([outlet])
      }
    }
    var isFirst = true
    for (index, outlets) in takers.enumerated() where !outlets.isEmpty {
      shares[index].deliveries.append((isFirst ? event : event.copied(), outlets))
      isFirst = false
    }
  }

  /// Hands everything over and empties the batch. Whoever publishes much waits here for the sockets' turn.
  public mutating func send() async {
    let handed = shares.map { $0.send() }
    shares = []
    count = 0
    for each in handed { try? await each.get() }
  }

  /// What the streams of one event loop get.
  private struct Share: Sendable {
    /// So many are flushed in about half a millisecond. Then what else the event loop has to do, such as to
    /// read requests, has its turn.
    private static let turn = 64
    /// A task that is due at once would run before the event loop looks at its sockets.
    private static let pause = TimeAmount.microseconds(20)

    let loop: ObjectIdentifier
    let eventLoop: any EventLoop
    var deliveries: [(event: ServerSentEvent, outlets: [EventOutlet])] = []

    init(_ outlet: EventOutlet) {
      loop = outlet.loop
      eventLoop = outlet.eventLoop
    }

    func send() -> EventLoopFuture<Void> {
      let done = eventLoop.makePromise(of: Void.self)
      eventLoop.execute {
        var unflushed: [EventOutlet] = []
        for (event, outlets) in deliveries {
          for outlet in outlets where outlet.handlerOnLoop.offer(event) { unflushed.append(outlet) }
        }
        flush(unflushed[...], done)
      }
      return done.futureResult
    }

    private func flush(_ outlets: ArraySlice<EventOutlet>, _ done: EventLoopPromise<Void>) {
      for outlet in outlets.prefix(Self.turn) { outlet.handlerOnLoop.flush() }
      let rest = outlets.dropFirst(Self.turn)
      guard !rest.isEmpty else { return done.succeed() }
      eventLoop.scheduleTask(in: Self.pause) { flush(rest, done) }.futureResult.cascadeFailure(to: done)
    }
  }
}
