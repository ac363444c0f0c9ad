import Foundation
import GRDB
import Testing

@testable import Chat

/// Bytes of the database file that nothing uses.
@Suite struct PageGapsTests {
  private func ranges(_ page: [UInt8], usable: Int? = nil) -> [Range<Int>] {
    page.withUnsafeBytes { PageGaps.ranges(in: $0, usable: usable ?? page.count) }
  }

  /// A page of 512 bytes whose header is given.
  private func page(_ header: [UInt8], _ blocks: [Int: [UInt8]] = [:]) -> [UInt8] {
    var page = [UInt8](repeating: 0xAA, count: 512)
    page.replaceSubrange(0..<header.count, with: header)
    for (place, bytes) in blocks { page.replaceSubrange(place..<(place + bytes.count), with: bytes) }
    return page
  }

  @Test func betweenPointersAndCells() {
    // A leaf with two cells, whose content starts at 400.
    #expect(ranges(page([13, 0, 0, 0, 2, 0x01, 0x90, 0])) == [12..<400])
    #expect(ranges(page([10, 0, 0, 0, 0, 0x02, 0x00, 0])) == [8..<512])
    // The header of an inner page is longer.
    #expect(ranges(page([5, 0, 0, 0, 2, 0x01, 0x90, 0])) == [16..<400])
    #expect(ranges(page([2, 0, 0, 0, 194, 0x01, 0x90, 0])) == [])
  }

  @Test func freeBlocks() {
    // At 410, 20 bytes, then at 440, 4 bytes, of which none is unused.
    let leaf = page(
      [13, 0x01, 0x9A, 0, 2, 0x01, 0x90, 0], [410: [0x01, 0xB8, 0, 20], 440: [0, 0, 0, 4]])
    #expect(ranges(leaf) == [12..<400, 414..<430])
  }

  @Test func whatMakesNoSense() {
    for kind in [0, 1, 3, 6, 255] as [UInt8] { #expect(ranges(page([kind, 0, 0, 0, 2, 1, 0x90, 0])) == []) }
    // More cells than fit, content past the end, blocks that go back, past the end or have no size.
    #expect(ranges(page([13, 0, 0, 1, 2, 0x01, 0x90, 0])) == [])
    #expect(ranges(page([13, 0, 0, 0, 2, 0x03, 0x90, 0])) == [])
    #expect(ranges(page([13, 0, 0, 0, 2, 0, 0, 0])) == [])
    for block in [[1, 0x9A, 0, 8], [0x01, 0x91, 0, 8], [0, 0, 0, 3], [0, 0, 0, 200], [0xFF, 0xFF, 0, 8]] {
      let found = ranges(page([13, 0x01, 0x9A, 0, 2, 0x01, 0x90, 0], [410: block.map { UInt8($0) }]))
      #expect(found == [12..<400] || found == [12..<400, 414..<418])
    }
    #expect(ranges([UInt8](repeating: 13, count: 100)) == [])
    var generator = SplitMix(state: 5)
    for _ in 0..<20_000 {
      var bytes = (0..<512).map { _ in UInt8.random(in: .min ... .max, using: &generator) }
      bytes[0] = [2, 5, 10, 13][Int.random(in: 0..<4, using: &generator)]
      for range in ranges(bytes) { #expect(range.upperBound <= 512 && range.lowerBound >= 8) }
    }
  }

  /// Rows that grow move to other pages and leave their old bytes behind, which `secure_delete` knows nothing of.
  @Test func whatMovedIsOverwritten() async throws {
    let folder = try DataFolder(TestServer.newFolder())
    defer { try? FileManager.default.removeItem(at: folder.url) }
    let database = try ChatDatabase(path: folder.database)
    let hash = try TestServer.quickHash()
    var generator = SplitMix(state: 11)
    let names = (0..<3_000).map { _ in
      String((0..<14).map { _ in "abcdefghijklmnopqrstuvwxyz".randomElement(using: &generator) ?? "a" })
    }
    let ids = try await database.writer.write { db in
      try names.map {
        try User.create(
          name: FullName($0), email: EmailAddress("\($0)@example.org"), hash: hash, at: 1, in: db)
      }
    }
    let gone = Array(zip(ids, names).shuffled(using: &generator).prefix(1_000))
    try await database.writer.write { db in
      for id in ids {
        try db.execute(
          sql: "UPDATE user SET last_seen_at = 1700000000000, theme = 'synthwave' WHERE id = ?",
          arguments: [id])
      }
      for (id, _) in gone { try Tombstone.replace(id, in: db) }
      try db.execute(sql: "INSERT INTO user_name (user_name) VALUES ('optimize')")
    }
    func left() async throws -> Int {
      _ = try await database.writer.scrub(from: 1 << 32)
      let bytes = try Data(contentsOf: folder.url.appending(path: "nextalk.sqlite"))
      // One pass: every run of letters that starts with a name that is gone.
      let wanted = Set(gone.map { $0.1 })
      var found = 0
      bytes.withUnsafeBytes { bytes in
        for place in 0..<(bytes.count - 14) where bytes[place] >= 97 && bytes[place] <= 122 {
          if wanted.contains(String(decoding: bytes[place..<(place + 14)], as: UTF8.self)) { found += 1 }
        }
      }
      return found
    }
    // Holds for the SQLite that is tested with; the same seed gives the same pages.
    #expect(try await left() > 0)
    try await database.scrub()
    #expect(try await left() == 0)
    let check = try await database.read { try String.fetchAll($0, sql: "PRAGMA integrity_check") }
    #expect(check == ["ok"])
    let kept = try await database.read { try String.fetchSet($0, sql: "SELECT full_name FROM user") }
    #expect(kept == Set(names).subtracting(gone.map { $0.1 }).union([""]))
    await database.close()
  }
}
