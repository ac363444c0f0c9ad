import Foundation

/// What every measure works with.
struct Workbench {
  let settings: Settings
  let dataset: Dataset
  let folder: URL
  let progress: Progress

  /// A server on the data, started for `body` and ended after it, or the one that the bench was pointed at.
  func withServer<Value>(_ body: (Server) throws -> Value) throws -> Value {
    if let url = settings.url {
      let figures = settings.serverPID.map { ProcessFigures(pid: $0) }
      return try body(Server(address: try Address(url), figures: figures, dataset: dataset, startTime: nil))
    }
    return try withProgram(on: folder, dataset, body)
  }

  func withProgram<Value>(
    on folder: URL, _ dataset: Dataset, _ body: (Server) throws -> Value
  ) throws -> Value {
    let program = try Program(settings.executable, settings.arguments(data: folder))
    defer { program.stop() }
    return try body(
      Server(
        address: program.address, figures: program.figures, dataset: dataset, startTime: program.startTime))
  }

  /// A running server with known data.
  struct Server {
    let address: Address
    /// Nil where its process is not known.
    let figures: ProcessFigures?
    let dataset: Dataset
    /// From exec to ready; nil for one that ran before.
    let startTime: Nanoseconds?
  }
}
