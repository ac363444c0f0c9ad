import ArgumentParser
import Chat
import Foundation
import Web

/// `nextalk set-password EMAIL`: the way back in for who forgot it.
struct SetPassword: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: Terminal.text(Sentence("Set a person's password and end their sessions.")),
    discussion: Terminal.text(
      Sentence("The new password is read from the terminal, or as one line from standard input.")))

  @Argument(help: ArgumentHelp(Sentence("The email address that the person logs in with.")))
  var email: String

  @Option(help: ArgumentHelp(Sentence("Folder with the database. [NEXTALK_DATA] (default: ./data)")))
  var data: String?

  func run() async throws {
    do {
      let folder = URL(filePath: data ?? Variable.text("DATA") ?? "./data")
      try FolderOwner.become(of: folder)
      let password = try Self.readPassword()
      try await PasswordReset(dataFolder: folder).set(password, email: email)
      Terminal.say(Sentence("The password is set. Every session of {email} has ended.", ["email": email]))
    } catch {
      throw Mendable.report(error)
    }
  }

  private static func readPassword() throws -> String {
    let none = Mendable(Sentence("No password was entered."))
    if isatty(STDIN_FILENO) == 1 {
      let prompt = Terminal.text(Sentence("New password:")) + " "
      guard let typed = getpass(prompt) else { throw none }
      return String(cString: typed)
    }
    guard let line = readLine(strippingNewline: true) else { throw none }
    return line
  }
}
