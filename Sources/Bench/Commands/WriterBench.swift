import ArgumentParser
import Chat
import Foundation

/// Messages a second at the writer itself: writes that share a transaction against one transaction each,
/// both at `synchronous=FULL` and nobody answered before the commit.
struct WriterBench: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "writer",
    abstract: "Group commit against one transaction a message, for 1, 16 and 64 senders.",
    discussion: "Preload Tests/Faults/slow_fsync.c, built as a library, for a disk that syncs slowly.")

  @Option(help: "Seconds for each figure.")
  var seconds = 3.0

  @Option(help: "Runs of each pair; the median is quoted.")
  var runs = 5

  func run() async throws {
    print("senders  grouped/s  each/s  ratio   (median of \(runs), messages a second)")
    for senders in [1, 16, 64] {
      var pairs: [(grouped: Double, each: Double)] = []
      for _ in 0..<runs {
        let grouped = try await rate(senders: senders, isGrouped: true)
        let each = try await rate(senders: senders, isGrouped: false)
        pairs.append((grouped, each))
      }
      let ratio = Self.median(pairs.map { $0.grouped / $0.each })
      print(
        String(
          format: "%7d  %9.0f  %6.0f  %5.2f", senders, Self.median(pairs.map(\.grouped)),
          Self.median(pairs.map(\.each)), ratio))
    }
  }

  private func rate(senders: Int, isGrouped: Bool) async throws -> Double {
    let folder = try TemporaryFolder.make()
    defer { try? FileManager.default.removeItem(at: folder) }
    let load = try await MessageLoad(folder: folder, senders: senders, isGrouped: isGrouped)
    let start = ContinuousClock.now
    let end = start + .seconds(seconds)
    let sent = try await withThrowingTaskGroup(of: Int.self) { group in
      for sender in 0..<senders {
        group.addTask {
          var count = 0
          while ContinuousClock.now < end {
            try await load.send(by: sender, number: count)
            count += 1
          }
          return count
        }
      }
      return try await group.reduce(0, +)
    }
    let elapsed = (ContinuousClock.now - start) / .seconds(1)
    await load.close()
    return Double(sent) / elapsed
  }

  private static func median(_ values: [Double]) -> Double {
    let sorted = values.sorted()
    return sorted.isEmpty ? 0 : sorted[sorted.count / 2]
  }
}
