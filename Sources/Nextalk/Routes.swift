import ArgumentParser
import Chat

/// `nextalk routes`: the URL map. It needs no data folder.
struct Routes: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Print every address: who may use it, with how much, and how often.")

  func run() { print(RouteMap.text) }
}
