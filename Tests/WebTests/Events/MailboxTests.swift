import NIOCore
import Synchronization
import Testing

@testable import Web

/// What waits for one stream: bounded, in order.
@Suite struct MailboxTests {
  private func event(_ id: Int64, bytes: Int = 1) -> ServerSentEvent {
    ServerSentEvent(id: id, data: String(repeating: "x", count: bytes))
  }

  private final class Endings: Sendable {
    private let noted = Mutex<[Mailbox.Ending]>([])

    var all: [Mailbox.Ending] { noted.withLock { $0 } }

    func note(_ ending: Mailbox.Ending) { noted.withLock { $0.append(ending) } }
  }

  @Test func inOrderAndAllAtOnce() async {
    let mailbox = Mailbox()
    for id in 1...3 { mailbox.offer(event(Int64(id))) }
    #expect(await mailbox.next()?.map(\.id) == [1, 2, 3])
    mailbox.offer(event(4))
    #expect(await mailbox.next()?.map(\.id) == [4])
  }

  @Test func theReaderIsWoken() async {
    let mailbox = Mailbox()
    async let first = mailbox.next()
    await Task.yield()
    mailbox.offer(event(1))
    #expect(await first?.map(\.id) == [1])
    async let end = mailbox.next()
    await Task.yield()
    mailbox.close()
    #expect(await end == nil)
  }

  @Test func anEndStillHandsOutWhatWaits() async {
    let mailbox = Mailbox()
    mailbox.offer(event(1))
    mailbox.close()
    mailbox.offer(event(2))
    #expect(await mailbox.next()?.map(\.id) == [1])
    #expect(await mailbox.next() == nil)
    #expect(await mailbox.next() == nil)
  }

  @Test func tooManyEvents() async {
    let mailbox = Mailbox()
    let endings = Endings()
    mailbox.whenClosed(endings.note)
    for id in 0..<Mailbox.maximumEvents { mailbox.offer(event(Int64(id))) }
    #expect(endings.all.isEmpty)
    mailbox.offer(event(9_999))
    #expect(endings.all == [.overflow])
    #expect(await mailbox.next() == nil, "what waited is dropped")
  }

  @Test func tooManyBytes() async {
    let mailbox = Mailbox()
    let endings = Endings()
    mailbox.whenClosed(endings.note)
    mailbox.offer(event(1, bytes: Mailbox.maximumBytes - 1_000))
    #expect(endings.all.isEmpty)
    mailbox.offer(event(2, bytes: 2_000))
    #expect(endings.all == [.overflow])
    #expect(await mailbox.next() == nil)
  }

  @Test func aReaderThatKeepsUpIsNeverClosed() async {
    let mailbox = Mailbox()
    let endings = Endings()
    mailbox.whenClosed(endings.note)
    for id in 0..<5_000 {
      mailbox.offer(event(Int64(id), bytes: 1_000))
      if id % 500 == 499 { #expect(await mailbox.next()?.count == 500) }
    }
    #expect(endings.all.isEmpty)
  }

  @Test func theEndIsToldOnce() {
    let mailbox = Mailbox()
    let endings = Endings()
    mailbox.whenClosed(endings.note)
    mailbox.close()
    mailbox.close(.overflow)
    #expect(endings.all == [.ended])
    mailbox.whenClosed(endings.note)
    #expect(endings.all == [.ended, .ended])
  }

  @Test func manyWritersOneReader() async {
    let mailbox = Mailbox()
    await withTaskGroup { group in
      group.addTask {
        var seen: [Int64] = []
        while let events = await mailbox.next() { seen += events.compactMap(\.id) }
        #expect(Set(seen).count == 400)
        for writer in 0..<4 {
          let own = seen.filter { $0 / 1_000 == writer }
          #expect(own == own.sorted())
        }
      }
      await withTaskGroup { writers in
        for writer in 0..<4 {
          writers.addTask {
            for number in 0..<100 { mailbox.offer(event(Int64(writer * 1_000 + number))) }
          }
        }
      }
      mailbox.close()
    }
  }
}
