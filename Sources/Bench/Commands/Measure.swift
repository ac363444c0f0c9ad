import ArgumentParser
import Foundation

/// Measures a server from outside and prints one table.
struct Measure: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "measure", abstract: "Measure a server over HTTP (what is done when nothing else is asked).",
    discussion: """
      start    the time to the ready line, and the memory of an idle server
      pages    requests from 16 connections
      viewers  the pages of 200 people while others talk, and while nobody does
      sends    messages stored by 1, 16 and 64 people
      fanout   one message of a group to 1,000 event streams, beside a bare write() of the same bytes to as many \
      sockets and, where Debian's nginx and libnginx-mod-nchan are installed, nchan
      groups   a group of 1,000 beside one of ten, and adding 500 people at once
      texts    a page of formatted messages beside one of plain text
      acts     reactions, answers and edits beside plain sends and pages
      arrival  a thousand members coming online at once
      idle     10,000 open streams
      noise    a page's time while messages, uploads and log-ins go on
      growth   this folder beside one of a hundred messages

      Load and server share the machine, so quote ratios of one run. The measures write into the folder, pictures by \
      the gigabyte.
      """)

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
