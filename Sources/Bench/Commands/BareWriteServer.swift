import ArgumentParser
import Foundation

/// Runs ``BareWriter`` in a process of its own, so that its processor time stands alone.
struct BareWriteServer: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "bare-write", abstract: "The yardstick of fanout: one write() a stream.",
    shouldDisplay: false)

  func run() throws {
    OpenFiles.raiseLimit(to: 30_000)
    let reactor = try Reactor()
    let (listener, port) = try FreePort.listen(backlog: 1_024)
    let server = try BareWriter(listener: listener, reactor: reactor)
    print("Ready at http://127.0.0.1:\(port)")
    fflush(nil)
    withExtendedLifetime(server) { _ = reactor.run(until: .max) }
  }
}
