import Foundation

/// A server that the bench starts and ends.
final class Program {
  let figures: ProcessFigures
  /// Where it says that it is ready.
  let address: Address
  /// From the moment before exec to its line on standard output.
  let startTime: Nanoseconds
  private let process: Process

  /// Starts it and waits for its one line, which ends in its address.
  init(_ executable: URL, _ arguments: [String]) throws {
    process = Process()
    process.executableURL = executable
    process.arguments = arguments
    process.standardInput = FileHandle.nullDevice
    let output = Pipe()
    process.standardOutput = output
    let start = Nanoseconds.now
    do { try process.run() } catch { throw BenchError("\(executable.path) cannot be run.") }
    Stop.atSignal(process)
    var line: [UInt8] = []
    var byte: UInt8 = 0
    while line.last != 10, read(output.fileHandleForReading.fileDescriptor, &byte, 1) == 1 {
      line.append(byte)
    }
    startTime = .now - start
    figures = ProcessFigures(pid: process.processIdentifier)
    guard let url = String(decoding: line, as: UTF8.self).split(whereSeparator: \.isWhitespace).last else {
      process.waitUntilExit()
      throw BenchError("\(executable.lastPathComponent) did not start.")
    }
    address = try Address(String(url))
  }

  /// Ends it and waits until it is gone.
  func stop() { Stop.now(process) }

  /// The executable beside this one.
  static func beside(_ name: String) -> URL {
    URL(filePath: "/proc/self/exe").resolvingSymlinksInPath().deletingLastPathComponent().appending(
      path: name)
  }
}
