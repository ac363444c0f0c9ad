import NIOCore
import Synchronization
import Testing
import Web

@testable import Chat

/// The counts of one download, and the words for them.
@Suite struct ExportProgressTests {
  @Test func aSlowClientGivesWayWhereOthersWait() throws {
    let exports = Exports(BackgroundWork().queue())
    let cut = Mutex<[Int64]>([])
    func begin(_ user: Int64) throws -> ExportRun {
      try exports.begin(user) { cut.withLock { $0.append(user) } }
    }
    let (slow, quick) = (try begin(1), try begin(2))
    quick.progress.add(sent: 100 << 20, after: .seconds(100))
    slow.progress.add(sent: 1 << 20, after: .seconds(59))
    #expect(throws: Exports.Refusal.full) { try begin(3) }
    slow.progress.add(sent: 1 << 20, after: .seconds(1))
    let third = try begin(3)
    #expect(cut.withLock { $0 } == [1])
    #expect(exports.count == 2 && exports.outcome(of: 1) == .brokenOff)
    // The one that gave way ends, after its person has begun anew.
    third.end(.whole(ExportAmount()))
    let again = try begin(1)
    slow.end(.brokenOff)
    #expect(exports.count == 2 && exports.outcome(of: 1) == nil)
    again.end(nil)
  }

  @Test func aPlaceIsGivenBackOnce() throws {
    let exports = Exports(BackgroundWork().queue())
    var first: ExportRun? = try exports.begin(1) {}
    #expect(throws: Exports.Refusal.underWay) { try exports.begin(1) {} }
    let second = try exports.begin(2) {}
    #expect(throws: Exports.Refusal.full) { try exports.begin(3) {} }
    // Also when nobody asked for its bytes.
    #expect(first?.progress.done == ExportAmount())
    first = nil
    #expect(exports.count == 1 && exports.outcome(of: 1) == nil)
    second.end(.brokenOff)
    second.end(.whole(ExportAmount()))
    #expect(exports.count == 0 && exports.outcome(of: 2) == .brokenOff)
    for user in 3..<300 { try exports.begin(Int64(user)) {}.end(.brokenOff) }
    #expect(exports.outcome(of: 2) == nil && exports.outcome(of: 299) == .brokenOff)
    exports.shutDown()
    #expect(throws: Exports.Refusal.full) { try exports.begin(1) {} }
  }

  @Test(arguments: [
    (ExportAmount(messages: 1), "1 message", "less than 1 MB"),
    (ExportAmount(messages: 999, images: 1, bytes: 999_999), "999 messages and 1 image", "less than 1 MB"),
    (
      ExportAmount(messages: 12_000, images: 1_000_000, bytes: 340_000_000),
      "12,000 messages and 1,000,000 images", "about 340 MB"
    ),
    (ExportAmount(messages: 0, images: 0, bytes: 1_280_000_000), "0 messages", "about 1.2 GB"),
  ]) func words(amount: ExportAmount, words: String, size: String) {
    #expect(amount.words.english == words && amount.size.english == size)
  }
}
