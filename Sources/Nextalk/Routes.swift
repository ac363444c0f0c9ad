import ArgumentParser
import Chat

/// `nextalk routes`: the URL map. It takes `--data` as every command does, and needs no data folder.
struct Routes: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Print every address: who may use it, with how much, and how often.")

  @Option(help: "Not needed: the map is the same for every data folder.")
  var data: String?

  func run() { print(RouteMap.text) }
}
