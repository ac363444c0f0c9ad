import Foundation
import Web

/// `uploads/` of the data folder: each file under a random name in two levels of folders, and `incoming/`
/// for what is not taken yet. Every function blocks.
struct UploadFolder: Sendable {
  let url: URL
  var incoming: URL { url.appending(path: "incoming") }

  /// Makes the folders, for their owner's eyes alone, and empties `incoming/` of half uploads.
  /// - Throws: ``DataFolder/Failure``.
  init(_ data: DataFolder) throws {
    url = data.url.appending(path: "uploads")
    let files = FileManager.default
    do {
      if files.fileExists(atPath: incoming.path) { try files.removeItem(at: incoming) }
      try files.createDirectory(
        at: incoming, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    } catch {
      throw DataFolder.Failure(
        sentence: Sentence(
          "The folder {folder} is not writable. Choose another --data.", ["folder": url.path]))
    }
  }

  /// 128 random bits in hexadecimal, and the extension that goes with the type.
  static func newName(extension: String) -> String {
    var generator = SystemRandomNumberGenerator()
    let digits = (0..<2).map { _ in
      let half = String(UInt64.random(in: .min ... .max, using: &generator), radix: 16)
      return String(repeating: "0", count: 16 - half.count) + half
    }
    return digits.joined() + "." + `extension`
  }

  /// - Parameter name: one that the database holds, never one from outside.
  func path(of name: String) -> String {
    url.appending(path: "\(name.prefix(2))/\(name.dropFirst(2).prefix(2))/\(name)").path
  }

  /// Renames a synced file into its place, and syncs the folders that say so.
  /// - Throws: ``StorageFailure``.
  func place(_ file: URL, as name: String) throws {
    let target = path(of: name)
    let second = (target as NSString).deletingLastPathComponent
    let first = (second as NSString).deletingLastPathComponent
    for folder in [first, second] {
      if mkdir(folder, 0o700) == 0 {
        try OutputFile.sync(URL(filePath: (folder as NSString).deletingLastPathComponent))
      } else if errno != EEXIST {
        throw StorageFailure(code: errno)
      }
    }
    guard rename(file.path, target) == 0 else { throw StorageFailure(code: errno) }
    try OutputFile.sync(URL(filePath: second))
  }

  func remove(_ names: [String]) {
    for name in names { unlink(path(of: name)) }
  }

  func holds(_ name: String) -> Bool { access(path(of: name), R_OK) == 0 }

  /// The first two digits that names can start with.
  static let prefixes = (0..<256).map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }

  /// The names of all files that start with `prefix`.
  func names(startingWith prefix: String) -> [String] {
    let folder = url.appending(path: prefix).path
    let files = FileManager.default
    return (try? files.contentsOfDirectory(atPath: folder))?.flatMap {
      (try? files.contentsOfDirectory(atPath: "\(folder)/\($0)")) ?? []
    } ?? []
  }

  /// When the file of that name was written; nil where there is none.
  func writtenAt(_ name: String) -> Milliseconds? {
    let attributes = try? FileManager.default.attributesOfItem(atPath: path(of: name))
    guard attributes?[.type] as? FileAttributeType == .typeRegular else { return nil }
    return (attributes?[.modificationDate] as? Date)?.milliseconds
  }
}
