import ArgumentParser
import Foundation

/// Measures a server from outside and prints one table.
struct Measure: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "measure", abstract: "Measure a server over HTTP (what is done when nothing else is asked).")

  @Argument(help: "What to measure. (default: all)")
  var kinds: [Kind] = []

  @Option(help: "Folder made by nextalk-bench data; else one of the asked size is made, and removed again.")
  var data: String?

  @OptionGroup var size: SizeOptions
  @OptionGroup var settings: Settings

  @Flag(help: "Print the table as JSON.")
  var json = false

  func validate() throws {
    if settings.url != nil, data == nil {
      throw ValidationError("With --url, say by --data which folder that server has.")
    }
  }

  func run() async throws {
    signal(SIGPIPE, SIG_IGN)
    OpenFiles.raiseLimit(to: 2 * max(settings.idleStreams, settings.streams) + 1_000)
    let progress = Progress()
    let folder = try data.map { URL(filePath: $0) } ?? TemporaryFolder.make()
    defer { if data == nil { try? FileManager.default.removeItem(at: folder) } }
    let dataset =
      data == nil
      ? try await DatasetWriter(size: size.size(group: settings.streams), progress: progress).write(
        to: folder)
      : try Dataset.load(folder)
    let bench = Workbench(settings: settings, dataset: dataset, folder: folder, progress: progress)
    var runs: [[Row]] = []
    for _ in 0..<settings.runs {
      var rows: [Row] = []
      for kind in kinds.isEmpty ? Kind.allCases : kinds { rows += try await kind.measure(bench) }
      runs.append(rows)
    }
    progress.clear()
    let table = Table(rows: Row.medians(of: runs))
    print(json ? try table.json() : table.text)
  }
}
