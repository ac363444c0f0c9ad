import Foundation
import GRDB
import Testing

@testable import Chat

/// Who gets a download, how it is answered, and how it ends.
@Suite struct ExportAnswerTests {
  @Test func headers() async throws {
    try await TestServer.with { server in
      let ada = try await server.person("Ada")
      let answer = try await ada.browser.post("/settings/data", form: "", ["Accept-Encoding": "gzip"])
      #expect(answer.status == 200 && answer.header("Content-Type") == "application/zip")
      let day = Timestamp.now.day
      #expect(answer.header("Content-Disposition") == "attachment; filename=\"nextalk-data-\(day).zip\"")
      #expect(answer.header("Cache-Control") == "no-store" && answer.header("Content-Encoding") == nil)
      #expect(answer.header("Content-Length") == nil && answer.header("Transfer-Encoding") == "chunked")
      let after = try await ada.browser.get("/settings/data")
      #expect(after.contains("Your download is complete, with 0 messages."))
      #expect(try await ada.browser.get("/settings").contains("href=\"/settings/data\">Download my data</a>"))
    }
  }

  @Test func onlyOneselfAndOnlyFromHere() async throws {
    try await TestServer.with { server in
      let stranger = Browser(server)
      #expect(try await stranger.get("/settings/data").location == "/login?next=/settings/data")
      let refused = try await stranger.post("/settings/data", [:])
      #expect(refused.status == 303 && refused.location?.hasPrefix("/login") == true)
      #expect(try await stranger.get("/settings/data", ["HX-Request": "true"]).status == 401)
      let ada = try await server.person("Ada")
      for header: KeyValuePairs in [["Sec-Fetch-Site": "cross-site"], ["Origin": "https://evil.example"]] {
        let answer = try await ada.browser.post("/settings/data", [:], header)
        #expect(answer.status == 403)
      }
      #expect(try await ada.browser.send(.HEAD, "/settings/data").status == 200)
      #expect(server.app.exports.count == 0 && server.app.exports.outcome(of: ada.id) == nil)
    }
  }

  @Test func oneAPersonAndTwoInAll() async throws {
    try await TestServer.with { server in
      let people = try await server.people("Ada", "Ben", "Eve")
      let (ada, ben, eve) = (people[0], people[1], people[2])
      try await server.fill(ada, with: ben)
      let first = try await server.stalledDownload(of: ada)
      let again = try await ada.browser.post("/settings/data", [:])
      #expect(again.status == 429 && again.header("Retry-After") == "10")
      #expect(again.contains("Your download is already being made."))
      let second = try await server.stalledDownload(of: ben)
      let third = try await eve.browser.post("/settings/data", [:])
      #expect(third.status == 429 && third.header("Retry-After") == "60")
      #expect(third.contains("Other people are downloading their data right now."))
      // Pages show how far it is, to its owner alone.
      let page = try await ada.browser.get("/settings/data")
      #expect(page.contains("of 6 messages") && page.contains("http-equiv=\"refresh\""))
      let fragment = try await ada.browser.get("/settings/data", ["HX-Request": "true"])
      #expect(fragment.contains("of 6 images") && !fragment.contains("<html"))
      #expect(try await !eve.browser.get("/settings/data").contains("being made:"))
      // A client that goes away gives its place back.
      await first.close()
      try await eventually("the place is free") { server.app.exports.count == 1 }
      #expect(server.app.exports.outcome(of: ada.id) == .brokenOff)
      let notWhole = try await ada.browser.get("/settings/data")
      #expect(notWhole.contains("stopped before it was finished"))
      _ = try await eve.download()
      await second.close()
      try await eventually("both are free") { server.app.exports.count == 0 }
      _ = try await ada.download()
    }
  }

  @Test func itEndsWithItsSession() async throws {
    try await TestServer.with { server in
      let people = try await server.people("Ada", "Ben")
      let (ada, ben) = (people[0], people[1])
      try await server.fill(ada, with: ben)
      let reading = try await server.stalledDownload(of: ada)
      _ = try await ada.browser.post("/logout", [:])
      reading.read()
      try await eventually("the connection is cut") { reading.hasEnded }
      try await eventually("the download has ended") {
        server.app.exports.outcome(of: ada.id) == .brokenOff
      }
      // Neither the last chunk of the answer nor the end of an archive.
      #expect(!reading.bytes.suffix(5).elementsEqual("0\r\n\r\n".utf8))
      #expect(reading.bytes.count < 18 << 20)
    }
  }

  @Test func whatGoesWrongInsideIsNoWholeFile() async throws {
    try await TestServer.with(.init(logsErrors: true)) { server in
      let people = try await server.people("Ada", "Ben")
      let (ada, ben) = (people[0], people[1])
      try await server.fill(ada, with: ben)
      let reading = try await server.stalledDownload(of: ada)
      try await server.database.writer.write { try $0.execute(sql: "ALTER TABLE session RENAME TO gone") }
      reading.read()
      try await eventually("the connection is cut") { reading.hasEnded }
      #expect(!reading.bytes.suffix(5).elementsEqual("0\r\n\r\n".utf8))
      // Every server's queries are explained on its database at its end.
      try await server.database.writer.write { try $0.execute(sql: "ALTER TABLE gone RENAME TO session") }
    }
  }

  @Test func itDoesNotHoldUpAStop() async throws {
    try await TestServer.with { server in
      let people = try await server.people("Ada", "Ben")
      try await server.fill(people[0], with: people[1])
      let reading = try await server.stalledDownload(of: people[0])
      let begun = ContinuousClock.now
      try await server.stop()
      #expect(ContinuousClock.now - begun < .seconds(5))
      #expect(!reading.bytes.suffix(5).elementsEqual("0\r\n\r\n".utf8))
      await reading.close()
    }
  }

  @Test func manyAreTooMany() async throws {
    try await TestServer.with(.init(hasRateLimits: true)) { server in
      let people = try await server.people("Ada", "Ben")
      for _ in 0..<5 { _ = try await people[0].download() }
      let answer = try await people[0].browser.post("/settings/data", [:])
      #expect(answer.status == 429 && answer.contains("You have started several downloads. Wait 10 minutes"))
      #expect(answer.header("Retry-After").flatMap { Int($0) } ?? 0 > 500)
      _ = try await people[1].download()
    }
  }
}
