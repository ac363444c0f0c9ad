import Foundation

/// One message of the group to all its members' streams; beside it, with the same bytes to as many sockets,
/// a bare `write()` and, where it is installed, nginx with nchan.
struct FanOutMeasure {
  let bench: Workbench

  func rows() throws -> [Row] {
    let ours = try bench.withServer { try result("Nextalk", Self.target($0)) }
    let event = PublishedEvent(ours.sample, marker: Marker.text(bench.settings.publications))
    var rows = [row("Nextalk", ours)]
    rows.append(row("write()", try bareWrite(event)))
    if Nginx.isInstalled { rows.append(row("nginx with nchan", try nchan(event))) }
    return rows.map { row in compared(rows[0], to: row) }
  }

  /// The members of a group listen, and its first one writes.
  static func target(_ server: Workbench.Server) throws -> FanOut.Target {
    let group = try MadeGroup(of: server.dataset.groupMembers, on: server)
    return FanOut.Target(
      address: server.address, server: server.figures, stream: group.stream, publish: group.publish)
  }

  private func bareWrite(_ event: PublishedEvent) throws -> FanOut.Result {
    let program = try Program(Program.beside("nextalk-bench"), ["bare-write"])
    defer { program.stop() }
    return try result(
      "write()",
      FanOut.Target(
        address: program.address, server: program.figures, stream: { _ in .events() },
        publish: { .post("/", body: event.framed(marker: $0)) }))
  }

  private func nchan(_ event: PublishedEvent) throws -> FanOut.Result {
    let nginx = try Nginx(page: [], port: FreePort.find())
    defer { nginx.stop() }
    return try result(
      "nginx with nchan",
      FanOut.Target(
        address: nginx.address, server: nginx.figures,
        stream: { _ in .get("/sub", ["Accept": "text/event-stream"]) },
        publish: { .post("/pub", type: "text/plain", body: event.data(marker: $0)) }))
  }

  private func result(_ name: String, _ target: FanOut.Target) throws -> FanOut.Result {
    bench.progress.say("fanout: \(name)")
    return try FanOut(
      target: target, streams: bench.settings.streams, publications: bench.settings.publications
    ).run()
  }

  private func row(_ name: String, _ result: FanOut.Result) -> Row {
    var toLast = result.toLast
    let processorTime = result.processorTimePerDelivery.map { [Row.Figure("CPU µs each", $0)] }
    return Row(
      "fanout", name,
      [
        .init("deliveries/s", result.deliveriesPerSecond), .init("p50 ms to last", toLast.percentile(0.5)),
        .init("p99 ms to last", toLast.percentile(0.99)),
      ] + (processorTime ?? []) + [.init("bytes each", result.bytesPerDelivery)])
  }

  /// What ours takes and does as a multiple of this one.
  private func compared(_ ours: Row, to row: Row) -> Row {
    var row = row
    for (name, figure) in [("our CPU ×", "CPU µs each"), ("our rate ×", "deliveries/s")] {
      if let own = ours.value(figure), let other = row.value(figure), other > 0 {
        row.figures.append(.init(name, own / other))
      }
    }
    return row
  }
}
