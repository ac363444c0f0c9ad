import Foundation
import GRDB
import Testing

@testable import Chat

/// Nothing of what was edited or deleted is left in the files, a moment later.
@Suite struct ForgettingTests {
  private static func isGone(
    _ texts: [String], from server: TestServer, within time: Duration = .seconds(30)
  ) async throws {
    try await eventually("nothing of \(texts) is left", within: time) {
      try server.found(texts).isEmpty
    }
  }

  @Test func editedAndDeleted() async throws {
    try await TestServer.with { server in
      let people = try await server.people("Ada", "Ben")
      let (ada, ben) = (people[0], people[1])
      // Among others, so that rows move from page to page as they grow.
      for number in 0..<60 {
        try await ada.write("Message \(number) \(String(repeating: "x", count: 200))", to: ben)
      }
      try await ada.write("Xylophone-one", to: ben)
      let edited = try await ada.newestMessage(with: ben)
      try await ada.write("Xylophone-two " + String(repeating: "long ", count: 900), to: ben)
      let deleted = try await ada.newestMessage(with: ben)
      for number in 0..<60 {
        try await ada.write("After \(number) \(String(repeating: "y", count: 200))", to: ben)
      }
      #expect(try server.found(["Xylophone"]) == ["Xylophone"])
      try await ada.edit(edited, "Other words " + String(repeating: "z", count: 3_000))
      try await Self.isGone(["Xylophone-one"], from: server)
      try await ada.act("delete", on: deleted)
      try await server.letPass()
      server.app.withdrawals.look()
      try await Self.isGone(["Xylophone"], from: server)
      #expect(
        try await server.database.read { try String.fetchOne($0, sql: "PRAGMA integrity_check") } == "ok")
    }
  }

  /// Many edits, each longer or shorter than the one before, of messages on many pages: every old wording is gone.
  @Test func manyEdits() async throws {
    try await TestServer.with { server in
      let people = try await server.people("Ada", "Ben")
      for number in 0..<40 {
        try await people[0].write(
          "Xylo-0-\(number) \(String(repeating: "a", count: number * 40))", to: people[1])
      }
      let ids = try await people[0].page(with: people[1]).html.articles.compactMap(\.messageID)
      for round in 1...3 {
        for (number, id) in ids.enumerated() {
          let length = (number * 97 + round * 501) % 2_500
          try await people[0].edit(id, "Xylo-\(round)-\(number) \(String(repeating: "b", count: length))")
        }
      }
      try await Self.isGone(["Xylo-0-", "Xylo-1-", "Xylo-2-"], from: server)
      #expect(
        try await server.database.read { try String.fetchOne($0, sql: "PRAGMA integrity_check") } == "ok")
    }
  }

  /// What a program left that ended without order is looked for at the next start.
  @Test func afterACrash() async throws {
    let folder = TestServer.newFolder()
    try await TestServer.with(folder: folder) { server in
      let people = try await server.people("Ada", "Ben")
      try await people[0].write("Hello", to: people[1])
    }
    // As one leaves it that was killed between the commit and what follows: an old page's bytes in a gap.
    let file = try DataFolder(folder).database
    let queue = try DatabaseQueue(path: file)
    try await queue.write { try $0.execute(sql: "UPDATE forgetting SET is_due = 1") }
    try queue.close()
    var bytes = try Data(contentsOf: URL(filePath: file))
    let gap = try #require(Self.gap(in: bytes))
    bytes.replaceSubrange(gap..<(gap + 9), with: Data("Xylophone".utf8))
    try bytes.write(to: URL(filePath: file))
    try await TestServer.with(folder: folder) { server in
      try await Self.isGone(["Xylophone"], from: server)
    }
    try FileManager.default.removeItem(at: folder)
  }

  /// A place in the middle of the unused bytes of some page.
  private static func gap(in bytes: Data) -> Int? {
    let size = 4_096
    for start in stride(from: size, to: bytes.count, by: size) {
      let page = Array(bytes[start..<(start + size)])
      let range = page.withUnsafeBytes { PageGaps.ranges(in: $0, usable: size).first { $0.count > 200 } }
      if let range { return start + range.lowerBound + 100 }
    }
    return nil
  }
}
