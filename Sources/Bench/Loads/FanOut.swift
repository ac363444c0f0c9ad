/// Publications one after another, each when every stream has the one before: how fast they reach all, and
/// what that costs the server.
struct FanOut {
  /// Whom to ask for streams and how to publish.
  struct Target {
    let address: Address
    /// Whose processor time is read.
    let server: ProcessFigures?
    let stream: (Int) -> Request
    /// A request that publishes a text.
    let publish: (String) -> Request
  }

  struct Result {
    let deliveriesPerSecond: Double
    var toLast: Latencies
    let processorTimePerDelivery: Double?
    let bytesPerDelivery: Double
    /// What one stream got for the last publication, as it came.
    let sample: [UInt8]
  }

  let target: Target
  let streams: Int
  let publications: Int

  func run() throws -> Result {
    let reactor = try Reactor()
    let open = Streams()
    defer { open.close() }
    try open.open(streams, target.address, reactor, request: target.stream)
    let publisher = try Connection(target.address, reactor)
    defer { publisher.close() }
    open.settle(reactor)
    guard open.broken == 0 else {
      throw BenchError("\(open.broken) of \(streams) streams broke before a message.")
    }
    try publish(0, open, publisher, reactor)
    let bytes = open.bytes
    let time = try target.server?.processorTime()
    let start = Nanoseconds.now
    var toLast = Latencies()
    for number in 1...publications {
      if number == publications { open.streams.first?.kept = [] }
      toLast.add(try publish(number, open, publisher, reactor))
    }
    let elapsed = open.deliveredAt - start
    let timeAfter = try target.server?.processorTime()
    let used = timeAfter.flatMap { after in time.map { after - $0 } }
    let count = Double(streams * publications)
    return Result(
      deliveriesPerSecond: count / elapsed.seconds, toLast: toLast,
      processorTimePerDelivery: used.map { Double($0) / 1_000 / count },
      bytesPerDelivery: Double(open.bytes - bytes) / count, sample: open.streams.first?.kept ?? [])
  }

  /// - Returns: the time to the last stream.
  @discardableResult
  private func publish(
    _ number: Int, _ open: Streams, _ publisher: Connection, _ reactor: Reactor
  ) throws -> Nanoseconds {
    let wanted = (number + 1) * streams
    var status = 0
    let start = Nanoseconds.now
    publisher.send(target.publish(Marker.text(number))) { status = $0.status }
    guard reactor.run(until: .now + .seconds(30), { !publisher.isBusy && open.deliveries >= wanted }) else {
      throw BenchError("A publication reached \(open.deliveries - wanted + streams) of \(streams) streams.")
    }
    guard (200..<400).contains(status) else { throw BenchError("A publication was answered \(status).") }
    return open.deliveredAt - start
  }
}
