import ArgumentParser
import Chat
import Web

/// `nextalk routes`: the URL map. It takes `--data` as every command does, and needs no data folder.
struct Routes: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: Terminal.text(
      Sentence("Print every address: who may use it, with how much, and how often.")))

  @Option(help: ArgumentHelp(Sentence("Not needed: the map is the same for every data folder.")))
  var data: String?

  func run() { print(RouteMap.text(in: Terminal.language)) }
}
