import ArgumentParser
import Foundation
import Web

/// The program: `nextalk` alone is `nextalk serve`.
@main
struct Nextalk: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "nextalk",
    abstract: Terminal.text(Sentence("A private real-time chat for a family, a club or a team.")),
    discussion: Terminal.text(Sentence("nextalk alone is nextalk serve:")) + "\n\n"
      + Serve.helpMessage(columns: 76),
    subcommands: [Serve.self, SetPassword.self, MakeOwner.self, Routes.self, WordsTemplate.self],
    defaultSubcommand: Serve.self)

  /// Whatever any command writes is for its own user alone (umask(2)).
  static func main() async {
    umask(0o077)
    await main(nil)
  }
}
