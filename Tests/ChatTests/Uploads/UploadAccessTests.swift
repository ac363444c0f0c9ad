import Foundation
import Testing

@testable import Chat

/// Who may see an image, and how it is served.
@Suite struct UploadAccessTests {
  @Test func membersAlone() async throws {
    try await TestServer.with { server in
      let people = try await server.people("Ada", "Ben", "Eve")
      let (ada, ben, eve) = (people[0], people[1], people[2])
      #expect(try await ada.send([("a.png", TinyImage.png())], to: ben).status == 303)
      let name = try #require(try await ben.page(with: ada).uploads.first)
      let stranger = Browser(server)
      for (browser, status) in [(ada.browser, 200), (ben.browser, 200), (eve.browser, 404), (stranger, 401)] {
        #expect(try await browser.get("/uploads/\(name)").status == status)
        let head = try await browser.send(.HEAD, "/uploads/\(name)")
        #expect(head.status == status)
      }
      let guess = UploadFolder.newName(extension: "png")
      for wrong in [guess, "x", "..%2F..%2Fnextalk.sqlite", "incoming", String(name.dropLast(4)), "%00"] {
        #expect(try await ada.browser.get("/uploads/\(wrong)").status == 404, "\(wrong)")
      }
      // A conversation with the same person in it does not open another one's images.
      try await eve.write("Hi", to: ben)
      #expect(try await eve.browser.get("/uploads/\(name)").status == 404)
    }
  }

  @Test func headers() async throws {
    try await TestServer.with { server in
      let people = try await server.people("Ada", "Ben")
      let (ada, ben) = (people[0], people[1])
      _ = try await ada.send([("a.jpg", TinyImage.png())], to: ben)
      let name = try #require(try await ben.page(with: ada).uploads.first)
      let answer = try await ben.browser.get("/uploads/\(name)")
      #expect(answer.bytes == TinyImage.png())
      #expect(answer.header("Content-Type") == "image/png")
      #expect(answer.header("X-Content-Type-Options") == "nosniff")
      #expect(answer.header("Content-Security-Policy") == "default-src 'none'; sandbox")
      let cache = try #require(answer.header("Cache-Control"))
      // Asked for anew each time, so that it is gone with the session.
      #expect(cache.contains("private") && cache.contains("no-cache") && !cache.contains("max-age"))
      let tag = try #require(answer.header("ETag"))
      for known in [tag, "W/\(tag)", "\"x\", \(tag)", "*"] {
        let again = try await ben.browser.get("/uploads/\(name)", ["If-None-Match": known])
        #expect(again.status == 304 && again.bytes.isEmpty)
      }
      #expect(try await ben.browser.get("/uploads/\(name)", ["If-None-Match": "\"x\""]).status == 200)
      let head = try await ben.browser.send(.HEAD, "/uploads/\(name)")
      #expect(head.header("Content-Length") == String(answer.bytes.count) && head.bytes.isEmpty)
    }
  }

  @Test func ranges() async throws {
    try await TestServer.with { server in
      let people = try await server.people("Ada", "Ben")
      let (ada, ben) = (people[0], people[1])
      let file = TinyImage.png(filling: 200_000)
      _ = try await ada.send([("a.png", file)], to: ben)
      let name = try #require(try await ben.page(with: ada).uploads.first)
      let tag = try #require(try await ben.browser.send(.HEAD, "/uploads/\(name)").header("ETag"))
      func get(_ range: String, _ ifRange: String? = nil) async throws -> Answer {
        guard let ifRange else { return try await ben.browser.get("/uploads/\(name)", ["Range": range]) }
        return try await ben.browser.get("/uploads/\(name)", ["Range": range, "If-Range": ifRange])
      }
      let size = file.count
      for (range, expected) in [
        ("bytes=0-0", 0..<1), ("bytes=10-99999", 10..<100_000), ("bytes=5-", 5..<size),
        ("bytes=-7", (size - 7)..<size), ("bytes=0-999999999999", 0..<size),
      ] {
        let part = try await get(range)
        #expect(part.status == 206 && part.bytes == Array(file[expected]), "\(range)")
        #expect(
          part.header("Content-Range") == "bytes \(expected.lowerBound)-\(expected.upperBound - 1)/\(size)")
      }
      let beyond = try await get("bytes=\(size)-")
      #expect(beyond.status == 416 && beyond.header("Content-Range") == "bytes */\(size)")
      for range in ["bytes=3-1", "bytes=0-1,4-5", "lines=1-2", "bytes=x-y", "bytes=-", "x"] {
        let whole = try await get(range)
        #expect(whole.status == 200 && whole.bytes == file, "\(range)")
      }
      #expect(try await get("bytes=0-0", tag).status == 206)
      #expect(try await get("bytes=0-0", "\"other\"").status == 200)
    }
  }

  @Test func missingFile() async throws {
    try await TestServer.with { server in
      let people = try await server.people("Ada", "Ben")
      let (ada, ben) = (people[0], people[1])
      _ = try await ada.send([("a.png", TinyImage.png())], to: ben)
      let name = try #require(try await ben.page(with: ada).uploads.first)
      try FileManager.default.removeItem(at: server.file(name))
      #expect(try await ben.browser.get("/uploads/\(name)").status == 404)
      #expect(server.log.text.contains("no longer here"))
    }
  }
}
