/// Event streams opened together and held.
final class Streams {
  private(set) var streams: [EventStream] = []
  private(set) var refused = 0
  private(set) var elapsed: Nanoseconds = 0
  /// Publications times streams that got them.
  private(set) var deliveries = 0
  private(set) var deliveredAt: Nanoseconds = 0
  private var opened = 0
  /// As many are on their way at once as a listening socket surely queues.
  private static let inFlight = 128

  var bytes: Int { streams.reduce(0) { $0 + $1.bytes } }

  var broken: Int { streams.count { if case .broken = $0.state { true } else { false } } }

  /// Opens them and returns when each has been answered.
  func open(_ count: Int, _ address: Address, _ reactor: Reactor, request: (Int) -> Request) throws {
    let start = Nanoseconds.now
    while streams.count < count {
      while streams.count < count, streams.count - opened - refused < Self.inFlight {
        streams.append(try stream(request(streams.count), address, reactor))
      }
      let target = max(1, streams.count - Self.inFlight / 2)
      try wait(reactor) { self.opened + self.refused >= min(target, self.streams.count) }
    }
    try wait(reactor) { self.opened + self.refused == self.streams.count }
    elapsed = .now - start
    guard refused == 0 else { throw BenchError("\(refused) of \(count) streams were refused.") }
  }

  /// Returns when nothing has come for half a second: who is online is told to all when many arrive, and once
  /// a second some are pinged.
  /// - Returns: how long it took to the last byte.
  @discardableResult
  func settle(_ reactor: Reactor) -> Nanoseconds {
    let start = Nanoseconds.now
    var (known, changed) = (-1, start)
    while Nanoseconds.now < start + .seconds(60), known != bytes || Nanoseconds.now < changed + .seconds(0.5)
    {
      if known != bytes { (known, changed) = (bytes, .now) }
      reactor.run(until: .now + .seconds(0.1))
    }
    return changed - start
  }

  func close() { for stream in streams { stream.close() } }

  private func wait(_ reactor: Reactor, _ condition: () -> Bool) throws {
    guard reactor.run(until: .now + .seconds(60), condition) else {
      throw BenchError("Of \(streams.count) streams only \(opened) were answered.")
    }
  }

  private func stream(_ request: Request, _ address: Address, _ reactor: Reactor) throws -> EventStream {
    try EventStream(request, address, reactor) { [unowned self] stream in
      if case .open = stream.state { opened += 1 } else { refused += 1 }
    } whenDelivered: { [unowned self] _ in
      deliveries += 1
      deliveredAt = .now
    }
  }
}
