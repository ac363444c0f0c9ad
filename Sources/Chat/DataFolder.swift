import Foundation
import Synchronization

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

  /// Keeps every other server from this folder: two would not see each other's streams, and their
  /// checkpoints could damage the database.
  /// - Throws: ``Failure`` when another one has it.
  func reserve() throws -> Reservation {
    let folder = open(url.path, O_RDONLY | O_CLOEXEC)
    guard folder >= 0 else {
      throw Failure(description: "The data folder \(url.path) cannot be opened. Choose another with --data.")
    }
    guard flock(folder, LOCK_EX | LOCK_NB) == 0 else {
      close(folder)
      throw Failure(description: "Another Nextalk already uses the data folder \(url.path). Stop it first.")
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
