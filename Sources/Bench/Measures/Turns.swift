/// Two requests, each asked for some time from one connection, in turns: what the one takes as a multiple of the other.
struct Turns {
  typealias Side = (address: Address, request: (Int) -> Request)

  private static let turns = 5

  /// Of each turn.
  let seconds: Double

  /// - Returns: medians in milliseconds.
  func medians(_ one: Side, _ other: Side) throws -> (one: Double, other: Double, ratio: Double) {
    var medians: [(one: Double, other: Double)] = []
    for _ in 0..<Self.turns {
      let first = try median(one)
      medians.append((first, try median(other)))
    }
    return (
      Latencies.median(medians.map(\.one)), Latencies.median(medians.map(\.other)),
      Latencies.median(medians.map { $0.other / max(0.001, $0.one) })
    )
  }

  private func median(_ side: Side) throws -> Double {
    let reactor = try Reactor()
    let loop = try ClosedLoop(side.address, reactor, connections: 1, request: side.request)
    try loop.run(reactor, seconds: seconds, warmUp: 0.1)
    var latencies = loop.latencies
    return latencies.percentile(0.5)
  }
}
