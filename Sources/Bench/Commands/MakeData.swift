import ArgumentParser
import Foundation

/// Makes a data folder and leaves it.
struct MakeData: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "data", abstract: "Make a data folder of any size, for --data or for a server of one's own.")

  @Argument(help: "The folder.")
  var folder: String

  @OptionGroup var size: SizeOptions

  func run() async throws {
    let progress = Progress()
    let url = URL(filePath: folder)
    guard !FileManager.default.fileExists(atPath: url.appending(path: "nextalk.sqlite").path) else {
      throw BenchError("\(folder) has a database already.")
    }
    let start = Nanoseconds.now
    let dataset = try await DatasetWriter(size: size.size(group: group), progress: progress).write(to: url)
    progress.clear()
    let seconds = Table.number((Nanoseconds.now - start).seconds)
    print("Made in \(seconds) s. Conversation \(dataset.conversation) is that of the pages.")
    print("Cookie of user 1: nextalk_session=\(dataset.token(of: 1))")
  }

  @Option(help: "Members of the group.")
  var group = 1_000
}
