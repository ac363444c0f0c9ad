import ArgumentParser
import Foundation
import Web

/// `nextalk words`: makes the catalogue of all sentences anew, for who changes the sources. Not shown by `--help`.
struct WordsTemplate: ParsableCommand {
  static let configuration = CommandConfiguration(commandName: "words", shouldDisplay: false)

  @Option(help: .hidden)
  var repository = "."

  func run() throws {
    do {
      let folder = URL(filePath: repository)
      let text = try CatalogueTemplate(of: folder).text
      try Data(text.utf8).write(to: folder.appending(path: CatalogueTemplate.path))
    } catch {
      throw Mendable.report(error)
    }
  }
}
