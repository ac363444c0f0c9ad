import Foundation

/// What the acts on messages cost: a reaction beside a send, a page of messages that answer others and are reacted to
/// beside one of plain text, and what senders notice while others edit, of which no byte is to stay.
struct ActsMeasure {
  /// As many as a page shows.
  private static let messages = 50
  private static let emoji = ["👍", "❤️", "😂", "🎉"]
  private static let sendsPerSecond = 200.0
  private static let editsPerSecond = 5.0

  let bench: Workbench

  func rows() throws -> [Row] {
    try bench.withServer { server in
      bench.progress.say("acts")
      let members = server.dataset.groupMembers
      let people = members.lowerBound...(members.lowerBound + 3)
      let plain = try MadeGroup(of: people, on: server)
      let full = try MadeGroup(of: people, on: server)
      let asker = try Asker(server)
      defer { asker.close() }
      for number in 1...Self.messages {
        for group in [plain, full] { asker.ask(group.publish(SampleText.message(number))) }
      }
      let found = try asker.messages(of: people.lowerBound, after: server.dataset.size.messages)
      // They were sent in turns.
      let ids = found.enumerated().filter { $0.offset % 2 == 1 }.map(\.element)
      guard ids.count >= Self.messages else { throw BenchError("Only \(ids.count) messages were found.") }
      return [try reacting(ids, plain, server)] + (try pages(ids, plain, full, asker, server))
        + (try sends(ids, server))
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

  private func sends(_ ids: [Int], _ server: Workbench.Server) throws -> [Row] {
    let author = server.dataset.token(of: server.dataset.groupMembers.lowerBound)
    return try [("alone", false), ("while others edit", true)].map { name, edits in
      bench.progress.say("acts: sends \(name)")
      let reactor = try Reactor()
      let (sends, edited) = (PacedRequests(server.address, reactor), PacedRequests(server.address, reactor))
      let load = SendLoad(dataset: server.dataset)
      let finish = Nanoseconds.now + .seconds(bench.settings.seconds * 10)
      var number = 0
      reactor.every(.seconds(1 / Self.sendsPerSecond), until: finish) {
        number += 1
        sends.send(load.request(by: number))
      }
      if edits {
        reactor.every(.seconds(1 / Self.editsPerSecond), until: finish) {
          edited.send(Self.edit(ids.randomElement() ?? 0, "Other words \(number)", author))
        }
      }
      reactor.run(until: finish)
      reactor.run(until: .now + .seconds(30)) { !sends.isWaiting && !edited.isWaiting }
      for close in [sends.close, edited.close] { close() }
      var latencies = sends.latencies
      let failures = sends.failures + edited.failures
      return Row(
        "acts", "sends, \(name)",
        [
          .init("p50 ms", latencies.percentile(0.5)), .init("p99 ms", latencies.percentile(0.99)),
          .init("longest ms", latencies.percentile(1)),
        ], note: failures > 0 ? "\(failures) failed" : nil)
    }
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
  private let dataset: Dataset

  init(_ server: Workbench.Server) throws {
    reactor = try Reactor()
    connection = try Connection(server.address, reactor)
    dataset = server.dataset
  }

  @discardableResult
  func ask(_ request: Request) -> Int {
    var status = 0
    connection.send(request) { status = $0.status }
    reactor.run(until: .now + .seconds(30)) { !connection.isBusy }
    return status
  }

  /// The numbers of the messages past one that a person sees, as far as they follow each other closely.
  func messages(of user: Int, after last: Int) throws -> [Int] {
    let token = dataset.token(of: user)
    var (found, number, missed) = ([Int](), last, 0)
    while missed < 200 {
      number += 1
      let isThere = ask(.get("/messages/\(number)/edit", token: token)) == 200
      if isThere { found.append(number) }
      missed = isThere ? 0 : missed + 1
    }
    return found
  }

  func close() { connection.close() }
}
