/// Pages of two hundred people, in gzip as browsers get them, each in a conversation of their own, while nothing is written and while others talk:
/// what nobody touched should be served as often.
struct ViewersMeasure {
  let bench: Workbench

  private static let viewers = 200
  private static let messagesPerSecond = 50.0
  /// Between those who look and those who write, so that they have nobody in common.
  private static let apart = 20
  /// Short turns of both, so that what else the machine does is the same for both.
  private static let turns = 6

  func rows() throws -> [Row] {
    try bench.withServer { server in
      let data = server.dataset
      let pairs = ConversationPairs.first(data.size.conversations, users: data.size.users)
      let first = ConversationPairs.ofViewer + Self.apart
      let firstWriter = first + Self.viewers + Self.apart
      guard pairs.count >= firstWriter + Self.viewers else {
        return [Row("viewers", "\(Self.viewers) people", [], note: "needs more conversations")]
      }
      let pages = (first..<(first + Self.viewers)).map { place in
        Request.get(
          "/conversations/\(place + 1)", token: data.token(of: pairs[place].one), ["Accept-Encoding": "gzip"])
      }
      var quiet: [Double] = []
      var busy: [Double] = []
      var failures = 0
      for _ in 0..<Self.turns {
        let (alone, _) = try turn(server, pages, writers: nil)
        let (amid, failed) = try turn(server, pages, writers: Array(pairs[firstWriter...]))
        quiet.append(alone)
        busy.append(amid)
        failures += failed
      }
      let (alone, amid) = (quiet.reduce(0, +) / Double(Self.turns), busy.reduce(0, +) / Double(Self.turns))
      return [
        Row("viewers", "nothing is written", [.init("per s", alone)]),
        Row(
          "viewers", "\(Int(Self.messagesPerSecond)) messages/s elsewhere",
          [.init("per s", amid), .init("× of nothing", amid / max(1, alone))],
          note: failures > 0 ? "\(failures) failed" : nil),
      ]
    }
  }

  private func turn(
    _ server: Workbench.Server, _ pages: [Request], writers: [ConversationPairs.Pair]?
  ) throws -> (perSecond: Double, failures: Int) {
    let reactor = try Reactor()
    let publishers = PacedRequests(server.address, reactor)
    var number = 0
    if let writers {
      reactor.every(
        .seconds(1 / Self.messagesPerSecond), until: .now + .seconds(bench.settings.seconds + 0.2)
      ) {
        number += 1
        let pair = writers[number % writers.count]
        publishers.send(
          SendLoad.message(
            SampleText.message(number), to: "/people/\(pair.other)/messages",
            token: server.dataset.token(of: pair.one)))
      }
    }
    var next = 0
    let loop = try ClosedLoop(server.address, reactor, connections: bench.settings.connections) { _ in
      next += 1
      return pages[next % pages.count]
    }
    try loop.run(reactor, seconds: bench.settings.seconds)
    _ = reactor.run(until: .now + .seconds(10)) { !publishers.isWaiting }
    publishers.close()
    return (loop.perSecond, loop.failures + publishers.failures)
  }
}
