import Foundation

/// Folders that a run makes and removes, also when it is interrupted.
enum TemporaryFolder {
  static func make() throws -> URL {
    let folder = FileManager.default.temporaryDirectory.appending(path: "nextalk-bench-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    Stop.atSignal(folder)
    return folder
  }
}
