import ArgumentParser
import Chat
import Foundation

/// `nextalk set-password EMAIL`: the way back in for who forgot it.
struct SetPassword: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Set a person's password and end their sessions.",
    discussion: "The new password is read from the terminal, or as one line from standard input.")

  @Argument(help: "The email address that the person logs in with.")
  var email: String

  @Option(help: "Folder with the database. [NEXTALK_DATA] (default: ./data)")
  var data: String?

  func run() async throws {
    do {
      let folder = URL(filePath: data ?? Variable.text("DATA") ?? "./data")
      try FolderOwner.become(of: folder)
      let password = try Self.readPassword()
      try await PasswordReset(dataFolder: folder).set(password, email: email)
      FileHandle.standardError.write(Data("The password is set. Every session of \(email) has ended.\n".utf8))
    } catch {
      throw Mendable.report(error)
    }
  }

  private static func readPassword() throws -> String {
    if isatty(STDIN_FILENO) == 1 {
      guard let typed = getpass("New password: ") else { throw Mendable("No password was entered.") }
      return String(cString: typed)
    }
    guard let line = readLine(strippingNewline: true) else { throw Mendable("No password was entered.") }
    return line
  }
}
