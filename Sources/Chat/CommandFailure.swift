import Foundation
import Web

/// Why a command beside the server did nothing, as a sentence.
public struct CommandFailure: SentenceError {
  public let sentence: Sentence

  init(_ sentence: Sentence) { self.sentence = sentence }

  /// - Returns: the path of the database in a folder.
  /// - Throws: ``CommandFailure`` where there is none.
  static func database(in folder: URL) throws -> String {
    let path = folder.appending(path: "nextalk.sqlite").path
    guard FileManager.default.fileExists(atPath: path) else {
      throw CommandFailure(
        Sentence(
          "There is no database in {folder}. Say where it is with --data.", ["folder": folder.path]))
    }
    return path
  }
}
