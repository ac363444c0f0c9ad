import Foundation

/// From exec to the ready line and to the first page, and memory after two idle seconds.
struct StartMeasure {
  let bench: Workbench

  func rows() throws -> [Row] {
    guard bench.settings.url == nil else { return [] }
    return try bench.withServer { server in
      let reactor = try Reactor()
      let start = Nanoseconds.now
      let connection = try Connection(server.address, reactor)
      defer { connection.close() }
      connection.send(.get("/login")) { _ in }
      reactor.run(until: .now + .seconds(10)) { !connection.isBusy }
      let first = Nanoseconds.now - start
      reactor.run(until: .now + .seconds(2))
      let ready = server.startTime ?? 0
      var figures = [
        Row.Figure("ready ms", ready.milliseconds),
        Row.Figure("first answer ms", (ready + first).milliseconds),
      ]
      if let memory = try server.figures?.memory() {
        figures.append(.init("idle MB", Double(memory.resident) / 1e6))
        figures.append(.init("of it heap and stacks", Double(memory.anonymous) / 1e6))
      }
      return [Row("start", "on this folder", figures)]
    }
  }
}
