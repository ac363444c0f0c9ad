import ArgumentParser
import Foundation

/// What the owner can mend: one plain sentence on standard error, and exit status 1.
struct Mendable: Error, CustomStringConvertible {
  let description: String

  init(_ sentence: String) { description = sentence }

  /// Writes `error` as a sentence to standard error.
  /// - Returns: the error to leave the program with.
  static func report(_ error: any Error) -> ExitCode {
    FileHandle.standardError.write(Data("nextalk: \(error)\n".utf8))
    return .failure
  }
}
