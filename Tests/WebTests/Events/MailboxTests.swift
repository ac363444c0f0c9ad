import Testing

@testable import Web

/// What waits for one stream: bounded, in order.
@Suite struct MailboxTests {
  private func event(_ id: Int64, bytes: Int = 1) -> ServerSentEvent {
    ServerSentEvent(id: id, data: String(repeating: "x", count: bytes))
  }

  @Test func inOrder() {
    var mailbox = Mailbox()
    let accepted = (1...3).map { mailbox.offer(event($0)) }
    #expect(accepted == [true, true, true] && !mailbox.isEmpty)
    var taken = [mailbox.take()?.id]
    _ = mailbox.offer(event(4))
    while let event = mailbox.take() { taken.append(event.id) }
    #expect(taken == [1, 2, 3, 4])
    #expect(mailbox.isEmpty)
  }

  @Test func tooManyEvents() {
    var mailbox = Mailbox()
    let accepted = (0...Int64(Mailbox.maximumEvents)).map { mailbox.offer(event($0)) }
    #expect(accepted.firstIndex(of: false) == Mailbox.maximumEvents)
    let first = mailbox.take()?.id
    let isRoom = mailbox.offer(event(9_999))
    #expect(first == 0 && isRoom)
  }

  @Test func tooManyBytes() {
    var mailbox = Mailbox()
    let accepted = [Mailbox.maximumBytes - 1_000, 2_000].map { mailbox.offer(event(1, bytes: $0)) }
    #expect(accepted == [true, false])
    _ = mailbox.take()
    let isRoom = mailbox.offer(event(3, bytes: 2_000))
    #expect(isRoom)
  }

  @Test func aReaderThatKeepsUpIsNeverRefused() {
    var mailbox = Mailbox()
    var refused = 0
    for id in 0..<5_000 {
      if !mailbox.offer(event(Int64(id), bytes: 1_000)) { refused += 1 }
      if id % 500 == 499 { while mailbox.take() != nil {} }
    }
    #expect(refused == 0)
  }
}
