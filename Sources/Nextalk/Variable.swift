import Foundation

/// The environment variables that stand in for options which were not given.
enum Variable {
  static func text(_ name: String) -> String? {
    ProcessInfo.processInfo.environment["NEXTALK_\(name)"].flatMap { $0.isEmpty ? nil : $0 }
  }
}
