import ArgumentParser
import Foundation
import Web

/// What the owner can mend: one plain sentence on standard error, and exit status 1.
struct Mendable: SentenceError {
  let sentence: Sentence

  init(_ sentence: Sentence) { self.sentence = sentence }

  /// Writes `error` as a sentence to standard error.
  /// - Returns: the error to leave the program with.
  static func report(_ error: any Error) -> ExitCode {
    let text = (error as? any SentenceError).map { Terminal.text($0.sentence) } ?? "\(error)"
    Terminal.write("nextalk: \(text)\n")
    return .failure
  }
}
