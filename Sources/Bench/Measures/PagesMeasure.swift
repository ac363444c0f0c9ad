import Foundation

/// Pages a second and how long each takes, plain, in gzip and asked again with `If-None-Match`; beside them,
/// where it is installed, nginx with a file as long as the conversation, and what `--compare` names.
struct PagesMeasure {
  let bench: Workbench

  func rows() throws -> [Row] {
    try bench.withServer { server in
      var rows: [Row] = []
      let pages = Page.all(of: server.dataset)
      for page in pages {
        let plain = try load(page.name, server.address) { page.request() }
        rows.append(plain.row)
        let packed = try load("\(page.name), gzip", server.address) {
          page.request(["Accept-Encoding": "gzip"])
        }
        rows.append(packed.row)
        rows += try again(page, "asked again", server.address, tag: plain.tag, [:])
        rows += try again(
          page, "asked again, gzip", server.address, tag: packed.tag, ["Accept-Encoding": "gzip"])
      }
      return rows
        + (try yardsticks(bytes: rows.first?.value("bytes") ?? 24_000, perSecond: rows.first?.value("per s")))
    }
  }

  private func again(
    _ page: Page, _ name: String, _ address: Address, tag: String?, _ fields: [String: String]
  ) throws -> [Row] {
    guard let tag else { return [Row("pages", "\(page.name), \(name)", [], note: "has no ETag")] }
    let fields = fields.merging(["If-None-Match": tag]) { $1 }
    return [try load("\(page.name), \(name)", address, wanted: 304) { page.request(fields) }.row]
  }

  private func yardsticks(bytes: Double, perSecond ours: Double?) throws -> [Row] {
    var rows: [Row] = []
    if Nginx.isInstalled {
      let nginx = try Nginx(
        page: [UInt8](repeating: UInt8(ascii: "x"), count: Int(bytes)), port: FreePort.find())
      defer { nginx.stop() }
      rows.append(try load("nginx, a file", nginx.address) { .get("/page.html") }.row)
    }
    for pair in bench.settings.compare {
      let halves = pair.split(separator: "=", maxSplits: 1).map(String.init)
      guard halves.count == 2, let path = URLComponents(string: halves[1])?.path else {
        throw BenchError("\(pair) is not like NAME=http://127.0.0.1:5000/page.")
      }
      let token = bench.dataset.token(of: bench.dataset.viewer)
      rows.append(try load(halves[0], Address(halves[1])) { .get(path, token: token) }.row)
    }
    guard let ours else { return rows }
    return rows.map { row in
      var row = row
      row.figures.append(.init("conversation is × this", ours / max(1, row.value("per s") ?? 1)))
      return row
    }
  }

  private func load(
    _ name: String, _ address: Address, wanted: Int = 200, _ request: @escaping () -> Request
  ) throws -> (row: Row, tag: String?) {
    bench.progress.say("pages: \(name)")
    let reactor = try Reactor()
    let asked = request()
    let loop = try ClosedLoop(
      address, reactor, connections: bench.settings.connections, wanted: wanted, request: { _ in asked })
    try loop.run(reactor, seconds: bench.settings.seconds)
    var latencies = loop.latencies
    let figures = [
      Row.Figure("per s", loop.perSecond), .init("p50 ms", latencies.percentile(0.5)),
      .init("p99 ms", latencies.percentile(0.99)), .init("bytes", loop.bytesPerAnswer),
    ]
    return (Row("pages", name, figures, note: failures(loop)), loop.entityTag)
  }

  private func failures(_ loop: ClosedLoop) -> String? {
    loop.failures > 0 ? "\(loop.failures) failed" : nil
  }
}
