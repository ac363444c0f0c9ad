import Foundation
import Logging
import Synchronization
import Web

/// The one folder that the program writes to.
public struct DataFolder: Sendable {
  public let url: URL

  /// Why it cannot be used, as a sentence.
  public struct Failure: SentenceError {
    public let sentence: Sentence
  }

  /// Makes the folder, for its owner's eyes alone, if there is none.
  /// - Throws: ``Failure``.
  public init(_ url: URL) throws {
    self.url = url
    do {
      try FileManager.default.createDirectory(
        at: url, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    } catch {
      throw Failure(
        sentence: Sentence(
          "The data folder {folder} cannot be made. Choose another with --data.", ["folder": url.path]))
    }
    guard access(url.path, R_OK | W_OK | X_OK) == 0 else {
      throw Failure(
        sentence: Sentence(
          "The data folder {folder} is not writable. Choose another with --data.", ["folder": url.path]))
    }
  }

  /// Shuts other users out of a folder that was there before, and says so in the log.
  /// - Throws: ``Failure`` where the folder belongs to another user, also when root runs the server: what it
  ///   writes there would be kept from the folder's owner, or could be changed by them.
  func tighten(_ logger: Logger) throws {
    var status = stat()
    guard stat(url.path, &status) == 0 else {
      throw Failure(
        sentence: Sentence(
          "The data folder {folder} cannot be opened. Choose another with --data.", ["folder": url.path]))
    }
    let owner = FolderOwner(status)
    guard owner.isThisUser else {
      throw Failure(
        sentence: Sentence(
          """
          The data folder {folder} belongs to {owner}. Run Nextalk as that user, or choose another with \
          --data.
          """, ["folder": url.path, "owner": owner.words]))
    }
    guard status.st_mode & 0o077 != 0 else { return }
    guard chmod(url.path, 0o700) == 0 else {
      throw Failure(
        sentence: Sentence(
          "The data folder {folder} is open to other users. Shut them out with chmod 700.",
          ["folder": url.path]))
    }
    logger.warning(
      "The data folder was open to other users of this machine; now it is not",
      metadata: ["folder": "\(url.path)"])
  }

  /// Keeps every other server from this folder: two would not see each other's streams, and their
  /// checkpoints could damage the database.
  /// - Throws: ``Failure`` when another one has it.
  func reserve() throws -> Reservation {
    let folder = open(url.path, O_RDONLY | O_CLOEXEC)
    guard folder >= 0 else {
      throw Failure(
        sentence: Sentence(
          "The data folder {folder} cannot be opened. Choose another with --data.", ["folder": url.path]))
    }
    guard flock(folder, LOCK_EX | LOCK_NB) == 0 else {
      close(folder)
      throw Failure(
        sentence: Sentence(
          "Another Nextalk already uses the data folder {folder}. Stop it first.", ["folder": url.path]))
    }
    return Reservation(folder)
  }

  /// A lock on the folder itself (flock(2)), which also ends with the program.
  final class Reservation: Sendable {
    private let folder: Mutex<CInt?>

    fileprivate init(_ folder: CInt) { self.folder = Mutex(folder) }

    func release() {
      folder.withLock { folder in
        if let open = folder { close(open) }
        folder = nil
      }
    }

    deinit { release() }
  }

  public var database: String { url.appending(path: "nextalk.sqlite").path }
}
