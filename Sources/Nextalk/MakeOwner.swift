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
        Whoever owned it before becomes an administrator. For an email without an account it prints a link that makes \
        the owner’s account; it works once and for seven days.
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
      case .named:
        Terminal.say(Sentence("{email} owns the chat now.", ["email": email]))
      case .link(let link):
        Terminal.say(
          Sentence("Nobody has an account with the email {email}. Open this to make one:", ["email": email]))
        print(link)
      }
    } catch {
      throw Mendable.report(error)
    }
  }
}
