import Foundation

/// A kept-alive connection: one request at a time, with what happens when its answer is complete.
final class Connection: Watcher {
  /// An answer; a status of 0 says that the connection broke.
  struct Answer {
    let status: Int
    let bodyBytes: Int
    let took: Nanoseconds
  }

  private let address: Address
  private let reactor: Reactor
  private var file: CInt = -1
  private var parser = AnswerParser()
  private var unsent: ArraySlice<UInt8> = []
  private var sentAt: Nanoseconds = 0
  private var whenAnswered: ((Answer) -> Void)?

  init(_ address: Address, _ reactor: Reactor) throws {
    self.address = address
    self.reactor = reactor
    try open()
  }

  deinit { close() }

  /// Whether an answer is still to come.
  var isBusy: Bool { whenAnswered != nil }

  /// The head of the last answer.
  func field(_ name: String) -> String? { parser.field(name) }

  /// From now on ``body`` is that of the last answer.
  func keepBodies() { parser.keepsBody = true }

  var body: [UInt8] { parser.body }

  func send(_ request: Request, _ whenAnswered: @escaping (Answer) -> Void) {
    self.whenAnswered = whenAnswered
    parser.reset()
    sentAt = .now
    if file < 0 { try? open() }
    unsent = request.bytes[...]
    flush()
  }

  func ready(canWrite: Bool, room: UnsafeMutableRawBufferPointer) {
    if canWrite { flush() }
    while file >= 0 {
      let count = read(file, room.baseAddress, room.count)
      guard count > 0 else {
        if count == 0 || errno != EAGAIN { fail() }
        return
      }
      guard whenAnswered != nil else { continue }
      if parser.take(UnsafeRawBufferPointer(rebasing: room[..<count])) {
        // 1xx comes before the answer itself.
        if (100..<200).contains(parser.status) {
          parser.reset()
          continue
        }
        return finish(
          Answer(status: parser.status, bodyBytes: parser.bodyBytes, took: Nanoseconds.now - sentAt))
      }
      if count < room.count { return }
    }
  }

  func close() {
    guard file >= 0 else { return }
    reactor.forget(file)
    Glibc.close(file)
    file = -1
  }

  private func open() throws {
    file = try address.connect()
    try reactor.watch(file, self)
  }

  private func flush() {
    while !unsent.isEmpty {
      let count = unsent.withUnsafeBytes { write(file, $0.baseAddress, $0.count) }
      guard count > 0 else {
        if errno == EAGAIN { try? reactor.watch(file, self, writing: true) } else { fail() }
        return
      }
      unsent = unsent.dropFirst(count)
      if unsent.isEmpty, count < unsent.startIndex { try? reactor.watch(file, self) }
    }
  }

  private func fail() {
    close()
    finish(Answer(status: 0, bodyBytes: 0, took: Nanoseconds.now - sentAt))
  }

  private func finish(_ answer: Answer) {
    let action = whenAnswered
    whenAnswered = nil
    action?(answer)
  }
}
