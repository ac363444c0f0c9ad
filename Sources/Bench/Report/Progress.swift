import Foundation

/// What is going on, on standard error: one line that changes on a terminal, else a line each.
struct Progress: Sendable {
  private let isTerminal = isatty(STDERR_FILENO) == 1

  func say(_ text: String) {
    let line = isTerminal ? "\r\u{1B}[K\(text)" : text + "\n"
    FileHandle.standardError.write(Data(line.utf8))
  }

  func clear() {
    if isTerminal { FileHandle.standardError.write(Data("\r\u{1B}[K".utf8)) }
  }
}
