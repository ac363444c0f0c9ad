import Foundation

/// What the acts on messages cost: a reaction beside a send, a page of messages that answer others and are reacted to
/// beside one of plain text, what each open page of a large group is told while many react at once, and what senders notice
/// while others edit and delete, of which no byte is to stay.
struct ActsMeasure {
  /// As many as a page shows.
  private static let messages = 50
  private static let emoji = ["👍", "❤️", "😂", "🎉"]
  private static let sendsPerSecond = 200.0
  private static let editsPerSecond = 5.0
  private static let rounds = 5
  private static let reacting = 100
  private static let reactingSeconds = 3.0
  private static let listening = 300

  let bench: Workbench

  func rows() throws -> [Row] {
    try bench.withServer { server in
      let crowd = try crowd(server)
      bench.progress.say("acts")
      let members = server.dataset.groupMembers
      let people = members.lowerBound...(members.lowerBound + 3)
      let plain = try MadeGroup(of: people, on: server)
      let full = try MadeGroup(of: people, on: server)
      let asker = try Asker(server)
      defer { asker.close() }
      var ids: [Int] = []
      for number in 1...Self.messages {
        _ = try asker.publish(SampleText.message(number), in: plain)
        ids.append(try asker.publish(SampleText.message(number), in: full))
      }
      return [try reacting(ids, plain, server)] + (try pages(ids, plain, full, asker, server))
        + [crowd] + (try sends(ids, server))
    }
  }

  private func reacting(_ ids: [Int], _ group: MadeGroup, _ server: Workbench.Server) throws -> Row {
    let token = server.dataset.token(of: group.members.upperBound)
    let load = SendLoad(dataset: server.dataset)
    let turns = Turns(seconds: bench.settings.seconds)
    let medians = try turns.medians(
      (server.address, { load.request(by: $0) }),
      (server.address, { _ in Self.react(to: ids.randomElement() ?? 0, Self.emoji[0], token) }))
    return Row(
      "acts", "a reaction beside a send",
      [
        .init("p50 ms, send", medians.one), .init("p50 ms, reaction", medians.other),
        .init("×", medians.ratio),
      ])
  }

  private func pages(
    _ ids: [Int], _ plain: MadeGroup, _ full: MadeGroup, _ asker: Asker, _ server: Workbench.Server
  ) throws -> [Row] {
    for (number, id) in ids.enumerated() {
      for member in full.members.dropFirst() {
        let token = server.dataset.token(of: member)
        asker.ask(Self.react(to: id, Self.emoji[(number + member) % Self.emoji.count], token))
      }
      asker.ask(full.answer(SampleText.message(number), to: id))
    }
    let token = server.dataset.token(of: full.members.upperBound)
    let last = ids.last ?? 0
    // The last half of those that are reacted to, and the first half of those that answer them.
    let fullPath = full.path + "?around=\(last + 1)"
    let turns = Turns(seconds: bench.settings.seconds / 3)
    return try ["kept", "anew"].map { name in
      func page(_ path: String) -> Turns.Side {
        (
          server.address,
          { _ in
            let anew = path.contains("?") ? "&anew=" : "?anew="
            return .get(
              name == "kept" ? path : path + anew + "\(Int.random(in: 0...(.max)))", token: token,
              ["Accept-Encoding": "gzip"])
          }
        )
      }
      let medians = try turns.medians(page(plain.path), page(fullPath))
      return Row(
        "acts", "page, \(name), gzip",
        [
          .init("p50 ms, plain", medians.one), .init("p50 ms, replies and reactions", medians.other),
          .init("×", medians.ratio),
        ])
    }
  }

  /// The events that tell of reactions, of the stream that got the most.
  private func crowd(_ server: Workbench.Server) throws -> Row {
    let group = try MadeGroup(of: server.dataset.groupMembers, on: server)
    let members = group.members.prefix(Self.reacting)
    bench.progress.say("acts: \(members.count) of \(group.members.count) react")
    let asker = try Asker(server)
    defer { asker.close() }
    let message = try asker.publish(SampleText.message(1), in: group)
    let reactor = try Reactor()
    let open = Streams()
    defer { open.close() }
    try open.open(min(Self.listening, group.members.count), server.address, reactor, request: group.stream)
    open.settle(reactor)
    for stream in open.streams { stream.kept = [] }
    let reactions = PacedRequests(server.address, reactor)
    defer { reactions.close() }
    let finish = Nanoseconds.now + .seconds(Self.reactingSeconds)
    var waiting = members.shuffled()
    reactor.every(.seconds(Self.reactingSeconds / Double(members.count)), until: finish) {
      guard let member = waiting.popLast() else { return }
      let token = server.dataset.token(of: member)
      reactions.send(Self.react(to: message, Self.emoji[member % Self.emoji.count], token))
    }
    reactor.run(until: finish)
    open.settle(reactor)
    let told = open.streams.map { Self.count(of: "id=\"reactions-\(message)\"", in: $0.kept ?? []) }
    return Row(
      "acts", "\(members.count) react in a group of \(group.members.count), \(open.streams.count) listening",
      [
        .init("reactions a second", Double(members.count) / Self.reactingSeconds),
        .init("events a second, at most", Double(told.max() ?? 0) / Self.reactingSeconds),
        .init("at least", Double(told.min() ?? 0) / Self.reactingSeconds),
      ], note: reactions.failures > 0 ? "\(reactions.failures) failed" : nil)
  }

  private static func count(of text: String, in bytes: [UInt8]) -> Int {
    String(decoding: bytes, as: UTF8.self).components(separatedBy: text).count - 1
  }

  /// Alone and beside edits and deletions in turns, since machines are noisy.
  private func sends(_ ids: [Int], _ server: Workbench.Server) throws -> [Row] {
    var waiting = ids
    var latencies: [Bool: Latencies] = [:]
    var failures = 0
    for round in 0..<(2 * Self.rounds) {
      let isAlone = round % 2 == 0
      bench.progress.say("acts: sends, round \(round + 1) of \(2 * Self.rounds)")
      let (sent, failed) = try sends(while: isAlone ? [] : ids, deleting: &waiting, server)
      latencies[isAlone, default: Latencies()].add(sent)
      failures += failed
    }
    var (alone, beside) = (latencies[true] ?? Latencies(), latencies[false] ?? Latencies())
    return [
      Row(
        "acts", "sends while others edit and delete",
        [
          .init("p50 ms, alone", alone.percentile(0.5)), .init("p50 ms, beside", beside.percentile(0.5)),
          .init("p99 ms, alone", alone.percentile(0.99)), .init("p99 ms, beside", beside.percentile(0.99)),
          .init("× of p99", beside.percentile(0.99) / alone.percentile(0.99)),
        ], note: failures > 0 ? "\(failures) failed" : nil)
    ]
  }

  /// - Parameters:
  ///   - edited: what others edit meanwhile; none for nobody.
  ///   - deleted: what they delete, one for each five edits, as long as there are some.
  private func sends(
    while edited: [Int], deleting deleted: inout [Int], _ server: Workbench.Server
  ) throws -> (sent: Latencies, failures: Int) {
    let author = server.dataset.token(of: server.dataset.groupMembers.lowerBound)
    let reactor = try Reactor()
    let (sends, acts) = (PacedRequests(server.address, reactor), PacedRequests(server.address, reactor))
    defer { for close in [sends.close, acts.close] { close() } }
    let load = SendLoad(dataset: server.dataset)
    let finish = Nanoseconds.now + .seconds(bench.settings.seconds * 2)
    var (number, edits) = (0, 0)
    reactor.every(.seconds(1 / Self.sendsPerSecond), until: finish) {
      number += 1
      sends.send(load.request(by: number))
    }
    var left = deleted
    let keep = Set(edited.prefix(edited.count / 2))
    if !edited.isEmpty {
      reactor.every(.seconds(1 / Self.editsPerSecond), until: finish) {
        edits += 1
        if edits % 5 == 0, let last = left.last, !keep.contains(last) {
          left.removeLast()
          acts.send(Self.form("delete", of: last, "image=", author))
        } else {
          acts.send(Self.edit(keep.randomElement() ?? 0, "Other words \(edits)", author))
        }
      }
    }
    reactor.run(until: finish)
    reactor.run(until: .now + .seconds(30)) { !sends.isWaiting && !acts.isWaiting }
    deleted = left
    return (sends.latencies, sends.failures + acts.failures)
  }

  private static func react(to message: Int, _ emoji: String, _ token: String) -> Request {
    form("reactions", of: message, "emoji=" + encoded(emoji), token)
  }

  private static func edit(_ message: Int, _ text: String, _ token: String) -> Request {
    form("edit", of: message, "text=" + encoded(text), token)
  }

  private static func form(_ act: String, of message: Int, _ body: String, _ token: String) -> Request {
    .post("/messages/\(message)/\(act)", token: token, ["HX-Request": "true"], body: Array(body.utf8))
  }

  private static func encoded(_ text: String) -> String {
    text.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? ""
  }
}

/// Asks one thing after another.
private final class Asker {
  private let reactor: Reactor
  private let connection: Connection

  init(_ server: Workbench.Server) throws {
    reactor = try Reactor()
    connection = try Connection(server.address, reactor)
    connection.keepBodies()
  }

  @discardableResult
  func ask(_ request: Request) -> Int {
    var status = 0
    connection.send(request) { status = $0.status }
    reactor.run(until: .now + .seconds(30)) { !connection.isBusy }
    return status
  }

  /// - Returns: the number of the message, which its own fragment says.
  func publish(_ text: String, in group: MadeGroup) throws -> Int {
    let status = ask(group.publish(text))
    let answer = String(decoding: connection.body, as: UTF8.self)
    guard let found = answer.firstMatch(of: /data-message-id="(\d+)"/), let id = Int(found.1) else {
      throw BenchError("A message was answered \(status), without its number.")
    }
    return id
  }

  func close() { connection.close() }
}
