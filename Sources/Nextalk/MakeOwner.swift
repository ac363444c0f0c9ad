import ArgumentParser
import Chat
import Foundation
import Web

/// `nextalk make-owner EMAIL`: says whose the chat is.
struct MakeOwner: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: Terminal.text(Sentence("Make a person the owner of the chat.")),
    discussion: Terminal.text(
      Sentence(
        """
        Whoever owned it before becomes an administrator. For an email without an account it prints the path of \
        a page that makes the owner’s account; it works once and for seven days.
        """)))

  @Argument(help: ArgumentHelp(Sentence("The email address that the person logs in with.")))
  var email: String

  @Option(help: ArgumentHelp(Sentence("Folder with the database. [NEXTALK_DATA] (default: ./data)")))
  var data: String?

  func run() async throws {
    do {
      let folder = URL(filePath: data ?? Variable.text("DATA") ?? "./data")
      try FolderOwner.become(of: folder)
      switch try await OwnerNaming(dataFolder: folder).name(email) {
      case .named(let name):
        Terminal.say(
          Sentence("{name}, who logs in with {email}, owns the chat now.", ["name": name, "email": email]))
      case .link(let path):
        Terminal.say(
          Sentence(
            "Nobody has an account with the email {email}. To make one, open this path at the address of the chat:",
            ["email": email]))
        print(path)
      }
    } catch {
      throw Mendable.report(error)
    }
  }
}
