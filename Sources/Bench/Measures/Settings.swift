import ArgumentParser
import Foundation

/// What the command line says of how to measure.
struct Settings: ParsableArguments {
  @Option(help: "The server's executable. (default: the nextalk beside this program)")
  var program: String?

  @Option(help: "Address of a server that runs already, on a folder made by nextalk-bench data.")
  var url: String?

  @Option(name: .customLong("server-pid"), help: "Its process, for its processor time and memory.")
  var serverPID: Int32?

  @Option(help: "Folder that holds Templates and Public, for the server. (default: found by it)")
  var resources: String?

  @Option(help: "Event streams that get each message of the group.")
  var streams = 1_000

  @Option(help: "Event streams that are only held open.")
  var idleStreams = 10_000

  @Option(help: "Messages of a fan-out.")
  var publications = 100

  @Option(help: "Connections that ask for pages.")
  var connections = 16

  @Option(help: "Seconds for each figure.")
  var seconds = 1.0

  @Option(help: "Runs; the median of each figure is quoted.")
  var runs = 3

  @Option(
    help:
      "A page of another server to measure beside ours, with its cookie, as NAME=http://127.0.0.1:PORT/PATH.")
  var compare: [String] = []

  var executable: URL { program.map { URL(filePath: $0) } ?? Program.beside("nextalk") }

  func validate() throws {
    let counts = [streams, idleStreams, publications, connections, runs]
    guard counts.allSatisfy({ (1...1_000_000).contains($0) }), seconds > 0 else {
      throw ValidationError("Counts and seconds are above 0.")
    }
  }

  func arguments(data: URL) -> [String] {
    let own = ["serve", "--port", "0", "--data", data.path, "--rate-limits", "off"]
    return own + ["--upload-quota", "1 TiB"] + (resources.map { ["--resources", $0] } ?? [])
  }
}
