import Foundation

/// What /proc says of a process (proc(5)).
struct ProcessFigures: Sendable {
  let pid: pid_t

  /// Bytes by kind.
  struct Memory: Sendable {
    let resident: Int
    /// Of it, what is of no file: heap and stacks.
    let anonymous: Int
  }

  /// User and system time of all its threads; the clock tick, mostly 10 ms, is the unit.
  func processorTime() throws -> Nanoseconds {
    try Self.processorTime(stat: read("stat"), ticksPerSecond: sysconf(CInt(_SC_CLK_TCK)))
  }

  func memory() throws -> Memory { try Self.memory(status: read("status")) }

  /// The processes it started.
  func children() throws -> [pid_t] {
    try read("task/\(pid)/children").split(separator: " ").compactMap { pid_t($0) }
  }

  static func processorTime(stat: String, ticksPerSecond: Int) throws -> Nanoseconds {
    // The name, in brackets, may hold anything.
    let fields = stat.split(separator: ")").last?.split(separator: " ") ?? []
    guard fields.count > 12, let user = Int64(fields[11]), let system = Int64(fields[12]), ticksPerSecond > 0
    else { throw BenchError("/proc has no processor time.") }
    return (user + system) * 1_000_000_000 / Int64(ticksPerSecond)
  }

  static func memory(status: String) throws -> Memory {
    func bytes(_ name: String) -> Int? {
      status.split(separator: "\n").first { $0.hasPrefix(name + ":") }
        .flatMap { Int($0.filter(\.isNumber)) }.map { $0 * 1_024 }
    }
    guard let resident = bytes("VmRSS"), let anonymous = bytes("RssAnon") else {
      throw BenchError("/proc has no memory figures.")
    }
    return Memory(resident: resident, anonymous: anonymous)
  }

  private func read(_ name: String) throws -> String {
    do { return try String(contentsOfFile: "/proc/\(pid)/\(name)", encoding: .utf8) } catch {
      throw BenchError("The process \(pid) has ended.")
    }
  }
}
