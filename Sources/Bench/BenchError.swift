import Foundation

/// Why nothing could be measured, as a sentence.
struct BenchError: Error, CustomStringConvertible {
  let description: String

  init(_ description: String) { self.description = description }

  static func system(_ call: String) -> BenchError {
    BenchError("\(call) failed: \(String(cString: strerror(errno))).")
  }
}
