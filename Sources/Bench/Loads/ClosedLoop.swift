/// Connections that each ask again as soon as they are answered, for a time.
final class ClosedLoop {
  private(set) var latencies = Latencies()
  /// Answers of another status than the wanted one, and connections that broke.
  private(set) var failures = 0
  private(set) var bodyBytes = 0
  /// The longest time in which nobody was answered.
  private(set) var longestPause: Nanoseconds = 0
  /// The head's `ETag` of the last answer, where it has one.
  private(set) var entityTag: String?
  private(set) var elapsed: Nanoseconds = 0
  private let connections: [Connection]
  private let wanted: Int
  private let request: (Int) -> Request
  private var end: Nanoseconds = 0
  private var answeredAt: Nanoseconds = 0

  /// - Parameter request: what a connection, by its number, asks next.
  init(
    _ address: Address, _ reactor: Reactor, connections count: Int, wanted: Int = 200,
    request: @escaping (Int) -> Request
  ) throws {
    connections = try (0..<count).map { _ in try Connection(address, reactor) }
    self.wanted = wanted
    self.request = request
  }

  var perSecond: Double { elapsed > 0 ? Double(latencies.count) / elapsed.seconds : 0 }

  var bytesPerAnswer: Double { latencies.count > 0 ? Double(bodyBytes) / Double(latencies.count) : 0 }

  /// Begins, until `end`; the reactor is run by whoever else has a load on it.
  func start(until end: Nanoseconds) {
    self.end = end
    answeredAt = .now
    for index in connections.indices { ask(index) }
  }

  /// Runs for so long and ends, after answers to some first requests that do not count.
  func run(_ reactor: Reactor, seconds: Double, warmUp: Double = 0.2) throws {
    start(until: .now + .seconds(warmUp))
    try wait(reactor)
    let broken = failures
    (latencies, failures, bodyBytes, longestPause) = (Latencies(), 0, 0, 0)
    guard broken == 0 else { throw BenchError("Every answer should be \(wanted), and \(broken) were not.") }
    let start = Nanoseconds.now
    self.start(until: start + .seconds(seconds))
    try wait(reactor)
    elapsed = .now - start
    close()
  }

  var isWaiting: Bool { connections.contains(where: \.isBusy) }

  func close() { for connection in connections { connection.close() } }

  private func wait(_ reactor: Reactor) throws {
    guard reactor.run(until: end + .seconds(30), { !self.isWaiting }) else {
      throw BenchError("The server does not answer.")
    }
  }

  private func ask(_ index: Int) {
    let now = Nanoseconds.now
    guard now < end else { return }
    connections[index].send(request(index)) { [unowned self] answer in
      let now = Nanoseconds.now
      longestPause = max(longestPause, now - answeredAt)
      answeredAt = now
      if answer.status == wanted {
        latencies.add(answer.took)
        bodyBytes += answer.bodyBytes
      } else {
        failures += 1
      }
      if latencies.count <= 1 { entityTag = connections[index].field("etag") }
      ask(index)
    }
  }
}
