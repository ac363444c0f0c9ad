import Foundation

/// Streams that are only held open: how fast they connect, what each takes of the server's memory, and what
/// is left of that when they have gone.
struct IdleMeasure {
  let bench: Workbench

  func rows() throws -> [Row] {
    let count = bench.settings.idleStreams
    return try bench.withServer { server in
      let reactor = try Reactor()
      reactor.run(until: .now + .seconds(1))
      let before = try server.figures?.memory()
      let streams = Streams()
      defer { streams.close() }
      bench.progress.say("idle: opening \(count) streams")
      let users = server.dataset.size.users
      try streams.open(count, server.address, reactor) {
        .events(token: server.dataset.token(of: $0 % users + 1))
      }
      bench.progress.say("idle: holding \(count) streams")
      let quiet = streams.elapsed + streams.settle(reactor)
      let open = try server.figures?.memory()
      let used = try server.figures?.processorTime()
      reactor.run(until: .now + .seconds(5))
      let later = try server.figures?.processorTime()
      streams.close()
      reactor.run(until: .now + .seconds(15))
      let after = try server.figures?.memory()
      var figures = [
        Row.Figure("connects/s", Double(count) / streams.elapsed.seconds),
        .init("quiet after s", quiet.seconds),
      ]
      if let before, let open, let after, let used, let later {
        figures += [
          .init("bytes a stream", Double(open.resident - before.resident) / Double(count)),
          .init("MB before", Double(before.resident) / 1e6),
          .init("MB with all", Double(open.resident) / 1e6),
          .init("MB after", Double(after.resident) / 1e6),
          .init("CPU % held", Double(later - used) / 5e9 * 100),
        ]
      }
      return [
        Row("idle", "\(count) streams", figures, note: streams.broken > 0 ? "\(streams.broken) broke" : nil)
      ]
    }
  }
}
