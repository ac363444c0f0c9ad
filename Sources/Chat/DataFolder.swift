import Foundation

/// The one folder that the program writes to.
public struct DataFolder: Sendable {
  public let url: URL

  /// Why it cannot be used, as a sentence.
  public struct Failure: Error, CustomStringConvertible {
    public let description: String
  }

  /// Makes the folder, for its owner's eyes alone, if there is none.
  /// - Throws: ``Failure``.
  public init(_ url: URL) throws {
    self.url = url
    do {
      try FileManager.default.createDirectory(
        at: url, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    } catch {
      throw Failure(description: "The data folder \(url.path) cannot be made. Choose another with --data.")
    }
    guard access(url.path, R_OK | W_OK | X_OK) == 0 else {
      throw Failure(description: "The data folder \(url.path) is not writable. Choose another with --data.")
    }
  }

  /// Keeps every other server from this folder for as long as the program runs: two would not see each
  /// other's streams, and their checkpoints could damage the database.
  /// - Throws: ``Failure`` when another one has it.
  func reserve() throws {
    let folder = open(url.path, O_RDONLY | O_CLOEXEC)
    guard folder >= 0, flock(folder, LOCK_EX | LOCK_NB) == 0 else {
      throw Failure(description: "Another Nextalk already uses the data folder \(url.path). Stop it first.")
    }
  }

  public var database: String { url.appending(path: "nextalk.sqlite").path }
}
