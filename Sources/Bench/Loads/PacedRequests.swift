/// Requests sent at times of their own, however long the answers take, so that waiting counts.
final class PacedRequests {
  private(set) var latencies = Latencies()
  /// Answers that are no 200, and connections that could not be made.
  private(set) var failures = 0
  private let address: Address
  private let reactor: Reactor
  private var connections: [Connection] = []

  init(_ address: Address, _ reactor: Reactor) {
    self.address = address
    self.reactor = reactor
  }

  /// Requests whose answer has not come yet.
  var unanswered: Int { connections.count(where: \.isBusy) }

  var isWaiting: Bool { unanswered > 0 }

  /// Asks now, on another connection where all are busy.
  func send(_ request: Request) {
    guard let connection = free() else {
      failures += 1
      return
    }
    connection.send(request) { [unowned self] answer in
      if answer.status == 200 { latencies.add(answer.took) } else { failures += 1 }
    }
  }

  func close() { for connection in connections { connection.close() } }

  private func free() -> Connection? {
    if let free = connections.first(where: { !$0.isBusy }) { return free }
    guard let made = try? Connection(address, reactor) else { return nil }
    connections.append(made)
    return made
  }
}
