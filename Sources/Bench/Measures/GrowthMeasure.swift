import Foundation

/// Whether anything gets slower with what is stored: each page and a send on this folder and, in turns, on
/// one with a hundred messages, from one connection.
struct GrowthMeasure {
  let bench: Workbench

  func rows() async throws -> [Row] {
    guard bench.settings.url == nil else { return [] }
    let folder = try TemporaryFolder.make()
    defer { try? FileManager.default.removeItem(at: folder) }
    let size = Dataset.Size(users: 31, conversations: 30, messages: 129, group: 1)
    let small = try await DatasetWriter(size: size, progress: bench.progress).write(to: folder)
    return try bench.withProgram(on: folder, small) { small in
      try bench.withServer { large in try rows(small, large) }
    }
  }

  private func rows(_ small: Workbench.Server, _ large: Workbench.Server) throws -> [Row] {
    let pairs = zip(Page.all(of: small.dataset), Page.all(of: large.dataset))
    var rows = try pairs.map { few, many in
      try row(few.name, small, large, { _ in few.request() }, { _ in many.request() })
    }
    let loads = [small, large].map { SendLoad(dataset: $0.dataset) }
    rows.append(try row("send", small, large, loads[0].request, loads[1].request))
    return rows
  }

  /// - Parameters: what is asked of each.
  private func row(
    _ name: String, _ small: Workbench.Server, _ large: Workbench.Server,
    _ few: @escaping (Int) -> Request, _ many: @escaping (Int) -> Request
  ) throws -> Row {
    bench.progress.say("growth: \(name)")
    let medians = try Turns(seconds: bench.settings.seconds / 3).medians(
      (small.address, few), (large.address, many))
    return Row(
      "growth", name,
      [
        .init("p50 ms, 129", medians.one),
        .init("p50 ms, all", medians.other),
        .init("×", medians.ratio),
      ])
  }
}
