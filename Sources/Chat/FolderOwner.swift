import Foundation
import Web

/// The user whom a folder belongs to. A server serves only a folder of the user that it runs as, and a
/// command that root runs acts as the folder's owner, so that no file in it becomes one that the server
/// cannot use.
public struct FolderOwner: Sendable {
  let id: uid_t
  private let group: gid_t
  /// nil where the system knows only the number.
  private let name: String?

  init(_ status: stat) {
    id = status.st_uid
    let entry = getpwuid(status.st_uid)?.pointee
    group = entry?.pw_gid ?? status.st_gid
    name = entry.flatMap { $0.pw_name }.map { String(cString: $0) }
  }

  var words: Sentence { name.map(Sentence.verbatim) ?? Sentence("user {id}", ["id": String(id)]) }

  /// Whether the program runs as that user.
  var isThisUser: Bool { id == geteuid() }

  /// Where root runs the program, makes all of it go on as the owner of `folder`, for good; does nothing
  /// where there is no such folder. A command calls it before it opens anything in the folder.
  /// - Throws: ``DataFolder/Failure``.
  public static func become(of folder: URL) throws {
    var status = stat()
    guard geteuid() == 0, stat(folder.path, &status) == 0, status.st_uid != 0 else { return }
    let owner = FolderOwner(status)
    guard owner.become() else {
      throw DataFolder.Failure(
        sentence: Sentence(
          "The data folder {folder} belongs to {owner}. Run this command as that user.",
          ["folder": folder.path, "owner": owner.words]))
    }
    guard access(folder.path, R_OK | W_OK | X_OK) == 0 else {
      throw DataFolder.Failure(
        sentence: Sentence(
          "The data folder {folder} belongs to {owner}, who cannot reach it there.",
          ["folder": folder.path, "owner": owner.words]))
    }
  }

  /// The user last: from then on nothing of this is allowed any more (credentials(7)).
  private func become() -> Bool {
    let hasGroups = name.map { initgroups($0, group) == 0 } ?? (setgroups(0, nil) == 0)
    return hasGroups && setgid(group) == 0 && setuid(id) == 0
  }
}
