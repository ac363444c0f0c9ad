import Foundation
import Web

/// Finds the folder that holds `Templates` and `Public`.
enum Resources {
  /// - Parameter given: the folder that was asked for; nil looks in the working directory, then beside the
  ///   executable and in the folders above it.
  /// - Throws: ``Mendable``.
  static func folder(_ given: String?) throws -> URL {
    if let given {
      let url = URL(filePath: given)
      guard isComplete(url) else {
        throw Mendable(Sentence("The folder {folder} does not hold Templates and Public.", ["folder": given]))
      }
      return url
    }
    let executable = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath().deletingLastPathComponent()
    var candidates = [URL(filePath: FileManager.default.currentDirectoryPath), executable]
    var parent = executable
    for _ in 0..<3 {
      parent.deleteLastPathComponent()
      candidates.append(parent)
    }
    guard let found = candidates.first(where: isComplete) else {
      throw Mendable(
        Sentence("Templates and Public were not found. Say where they are with --resources."))
    }
    return found
  }

  private static func isComplete(_ url: URL) -> Bool {
    ["Templates", "Public"].allSatisfy {
      FileManager.default.fileExists(atPath: url.appending(path: $0).path)
    }
  }
}
