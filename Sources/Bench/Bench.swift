import ArgumentParser

/// Measures Nextalk. Quote ratios of one run: machines are noisy.
@main
struct Bench: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "nextalk-bench", abstract: "Measures Nextalk.",
    subcommands: [Measure.self, MakeData.self, WriterBench.self, BareWriteServer.self],
    defaultSubcommand: Measure.self)
}
