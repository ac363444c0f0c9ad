import Foundation

/// What formatting and links cost: the page of a conversation whose messages are full of them, beside one of plain text.
/// In gzip, as browsers get it, and without, where it is as much slower as it has more bytes.
struct TextsMeasure {
  /// As many as a page shows.
  private static let messages = 50

  let bench: Workbench

  func rows() throws -> [Row] {
    try bench.withServer { server in
      bench.progress.say("texts")
      let members = server.dataset.groupMembers
      let people = members.lowerBound...(members.lowerBound + 1)
      let plain = try MadeGroup(of: people, on: server)
      let formatted = try MadeGroup(of: people, on: server)
      let reactor = try Reactor()
      let writer = try Connection(server.address, reactor)
      defer { writer.close() }
      for number in 1...Self.messages {
        let text = SampleText.message(number)
        for (group, text) in [(plain, text), (formatted, Self.formatted(text, number))] {
          writer.send(group.publish(text)) { _ in }
          reactor.run(until: .now + .seconds(30)) { !writer.isBusy }
        }
      }
      let token = server.dataset.token(of: people.upperBound)
      let turns = Turns(seconds: bench.settings.seconds / 3)
      let codings = [", gzip": ["Accept-Encoding": "gzip"], "": [:]].sorted { $0.key > $1.key }
      return try ["kept", "anew"].flatMap { name in codings.map { (name, $0) } }.map { name, coding in
        func page(_ group: MadeGroup) -> Turns.Side {
          // What is kept is kept by its address.
          (
            server.address,
            { _ in
              .get(
                group.path + (name == "kept" ? "" : "?anew=\(Int.random(in: 0...(.max)))"), token: token,
                coding.value)
            }
          )
        }
        let medians = try turns.medians(page(plain), page(formatted))
        return Row(
          "texts", "page, \(name)\(coding.key)",
          [
            .init("p50 ms, plain", medians.one), .init("p50 ms, formatted", medians.other),
            .init("×", medians.ratio),
          ])
      }
    }
  }

  private static func formatted(_ text: String, _ number: Int) -> String {
    let words = text.split(separator: " ")
    let middle = words.dropFirst().first.map(String.init) ?? "words"
    return
      "**\(words.first ?? "so")** \(text) _\(middle)_ `code \(number)` see https://example.org/path/\(number)?q=\(number)."
      + "\n> quoted\n- one\n- ~~two~~"
  }
}
