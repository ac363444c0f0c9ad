import Foundation

/// All members of the group come online at once: how long it takes until everyone has been told, and what
/// that costs. It should grow with who sees whom on a page, not with the square of everyone.
struct ArrivalMeasure {
  let bench: Workbench

  /// Longer than the server keeps who went away for online.
  private static let absence = 12.0

  func rows() throws -> [Row] {
    try bench.withServer { server in
      let count = bench.settings.streams
      let group = try FanOutMeasure.target(server)
      return try ["\(count) members", "\(count) members, back again"].map { name in
        bench.progress.say("arrival: \(name)")
        defer { usleep(UInt32(Self.absence * 1e6)) }
        return Row("arrival", name, try arrive(count, group, server))
      }
    }
  }

  private func arrive(_ count: Int, _ group: FanOut.Target, _ server: Workbench.Server) throws -> [Row.Figure]
  {
    let reactor = try Reactor()
    let before = try server.figures?.processorTime()
    let streams = Streams()
    defer { streams.close() }
    try streams.open(count, server.address, reactor, request: group.stream)
    let quiet = streams.elapsed + streams.settle(reactor)
    var figures = [
      Row.Figure("connects/s", Double(count) / streams.elapsed.seconds),
      .init("quiet after s", quiet.seconds),
      .init("KB a stream", Double(streams.bytes) / 1_000 / Double(count)),
    ]
    if let before, let after = try server.figures?.processorTime() {
      figures.append(.init("CPU s", (after - before).seconds))
    }
    return figures + [.init("broken", Double(streams.broken))]
  }
}
