import Foundation

/// Messages a second over HTTP, each sender to a person of their own and the next when the last is durable.
struct SendsMeasure {
  let bench: Workbench

  func rows() throws -> [Row] {
    try bench.withServer { server in
      try [1, 16, 64].map { senders in
        bench.progress.say("sends: \(senders) senders")
        let reactor = try Reactor()
        let load = SendLoad(dataset: server.dataset)
        let loop = try ClosedLoop(server.address, reactor, connections: senders) { load.request(by: $0) }
        let before = try server.figures?.processorTime()
        let start = Nanoseconds.now
        try loop.run(reactor, seconds: bench.settings.seconds * 3)
        let whole = Nanoseconds.now - start
        var latencies = loop.latencies
        var figures = [
          Row.Figure("per s", loop.perSecond), .init("p50 ms", latencies.percentile(0.5)),
          .init("p99 ms", latencies.percentile(0.99)), .init("longest ms", latencies.percentile(1)),
          .init("longest pause ms", loop.longestPause.milliseconds),
        ]
        if let before, let after = try server.figures?.processorTime() {
          figures.append(.init("server CPU %", Double(after - before) / Double(whole) * 100))
        }
        let name = senders == 1 ? "1 sender" : "\(senders) senders"
        return Row("sends", name, figures, note: loop.failures > 0 ? "\(loop.failures) failed" : nil)
      }
    }
  }
}
