import Foundation

/// What a large group costs: its messages where some of its members listen, its page beside that of a small one, and
/// what others notice while many people are added to one.
struct GroupsMeasure {
  private static let small = 10
  private static let readers = 300
  private static let messages = 60
  private static let added = 500
  private static let sendsPerSecond = 200.0

  let bench: Workbench

  func rows() throws -> [Row] {
    try bench.withServer { server in
      let members = server.dataset.groupMembers
      let large = try MadeGroup(of: members, on: server)
      let small = try MadeGroup(of: members.lowerBound...(members.lowerBound + Self.small - 1), on: server)
      return try [fanOut(large, server)] + pages(small, large, server) + adding(server)
    }
  }

  private func fanOut(_ group: MadeGroup, _ server: Workbench.Server) throws -> Row {
    bench.progress.say("groups: \(Self.readers) of \(group.members.count) read")
    let target = FanOut.Target(
      address: server.address, server: server.figures, stream: group.stream, publish: group.publish)
    let result = try FanOut(
      target: target, streams: Self.readers, publications: bench.settings.publications
    ).run()
    var toLast = result.toLast
    return Row(
      "groups", "\(group.members.count) members, \(Self.readers) reading",
      [
        .init("p50 ms to last", toLast.percentile(0.5)), .init("p99 ms to last", toLast.percentile(0.99)),
      ] + (result.processorTimePerDelivery.map { [.init("CPU µs each", $0)] } ?? []))
  }

  /// The page as it is kept, and after another message each time.
  private func pages(_ small: MadeGroup, _ large: MadeGroup, _ server: Workbench.Server) throws -> [Row] {
    bench.progress.say("groups: pages")
    let reader = small.members.lowerBound + 1
    let reactor = try Reactor()
    let writers = try Connection(server.address, reactor)
    defer { writers.close() }
    for number in 0..<Self.messages {
      for group in [small, large] {
        let author = group.members.lowerBound + number % Self.small
        writers.send(group.publish(SampleText.message(number + 1), by: author)) { _ in }
        reactor.run(until: .now + .seconds(30)) { !writers.isBusy }
      }
    }
    let token = server.dataset.token(of: reader)
    func page(_ group: MadeGroup) -> Turns.Side {
      (server.address, { _ in .get(group.path, token: token) })
    }
    // What is kept is kept by its address.
    func pageAnew(_ group: MadeGroup) -> Turns.Side {
      (server.address, { _ in .get(group.path + "?anew=\(Int.random(in: 0...(.max)))", token: token) })
    }
    let turns = Turns(seconds: bench.settings.seconds / 3)
    return try [("kept", page), ("anew", pageAnew)].map { name, side in
      let medians = try turns.medians(side(small), side(large))
      return Row(
        "groups", "page, \(name)",
        [
          .init("p50 ms, \(Self.small)", medians.one),
          .init("p50 ms, \(large.members.count)", medians.other), .init("×", medians.ratio),
        ])
    }
  }

  /// Sends of two people to each other, alone and while one group after the other gets many members.
  private func adding(_ server: Workbench.Server) throws -> [Row] {
    let members = server.dataset.groupMembers
    guard members.count > Self.added else { return [] }
    let groups = try (0..<4).map { _ in try MadeGroup(of: members.lowerBound...members.lowerBound, on: server)
    }
    return try [("alone", []), ("while \(Self.added) are added", groups)].map { name, groups in
      bench.progress.say("groups: sends \(name)")
      let reactor = try Reactor()
      let (sends, adds) = (PacedRequests(server.address, reactor), PacedRequests(server.address, reactor))
      let load = SendLoad(dataset: server.dataset)
      let finish = Nanoseconds.now + .seconds(bench.settings.seconds * 5)
      var number = 0
      reactor.every(.seconds(1 / Self.sendsPerSecond), until: finish) {
        number += 1
        sends.send(load.request(by: number))
      }
      var waiting = groups
      reactor.every(.seconds(bench.settings.seconds), until: finish) {
        guard let group = waiting.popLast() else { return }
        adds.send(group.add((members.lowerBound + 1)...(members.lowerBound + Self.added)))
      }
      reactor.run(until: finish)
      reactor.run(until: .now + .seconds(30)) { !sends.isWaiting && !adds.isWaiting }
      for close in [sends.close, adds.close] { close() }
      var (latencies, added) = (sends.latencies, adds.latencies)
      let failures = sends.failures + adds.failures
      return Row(
        "groups", "sends, \(name)",
        [
          .init("p50 ms", latencies.percentile(0.5)), .init("p99 ms", latencies.percentile(0.99)),
          .init("longest ms", latencies.percentile(1)),
        ] + (groups.isEmpty ? [] : [.init("adding ms", added.percentile(0.5))]),
        note: failures > 0 ? "\(failures) failed" : nil)
    }
  }
}
