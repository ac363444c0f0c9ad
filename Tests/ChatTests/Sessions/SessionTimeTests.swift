import Foundation
import GRDB
import Testing

@testable import Chat

/// Thirty days from the last use, written down at most hourly.
@Suite struct SessionTimeTests {
  private static let month: Int64 = 30 * 24 * 3_600_000

  private struct Times: Equatable, Sendable {
    let used: Int64
    let expires: Int64
  }

  private func times(_ server: TestServer) async throws -> Times {
    try await server.database.read { db in
      let row = try #require(try Row.fetchOne(db, sql: "SELECT used_at, expires_at FROM session"))
      return Times(used: row[0], expires: row[1])
    }
  }

  private func set(_ times: Times, _ server: TestServer) async throws {
    try await server.database.writer.write { db in
      try db.execute(
        sql: "UPDATE session SET used_at = ?, expires_at = ?", arguments: [times.used, times.expires])
    }
  }

  @Test func anExpiredSessionIsNone() async throws {
    try await TestServer.with { server in
      let ada = try await server.person("Ada")
      let now = Date.now.milliseconds
      try await set(Times(used: now - Self.month, expires: now - 1), server)
      #expect(try await ada.browser.get("/").status == 303)
      #expect(try await ada.browser.get("/events").status == 401)
      // The next log-in of anyone clears it away.
      let ben = try await server.person("Ben")
      let count = try await server.database.read {
        try Int.fetchOne($0, sql: "SELECT count(*) FROM session WHERE user_id <> ?", arguments: [ben.id])
      }
      #expect(count == 0)
    }
  }

  @Test func useRenewsItOnceAnHour() async throws {
    try await TestServer.with { server in
      let ada = try await server.person("Ada")
      let start = Date.now.milliseconds
      let old = Times(used: start - 3_601_000, expires: start + 1_000_000)
      try await set(old, server)
      let first = try await ada.browser.get("/")
      let cookie = try #require(first.header("Set-Cookie"))
      #expect(cookie.hasPrefix("nextalk_session=\(ada.browser.cookies["nextalk_session"] ?? "-");"))
      #expect(cookie.contains("Max-Age=2592000") && cookie.contains("HttpOnly"))
      let renewed = try await times(server)
      #expect(renewed.used >= start)
      #expect(renewed.expires == renewed.used + Self.month)
      let second = try await ada.browser.get("/")
      #expect(second.header("Set-Cookie") == nil)
      #expect(try await times(server) == renewed)
    }
  }

  @Test func withinTheHourNothingIsWritten() async throws {
    try await TestServer.with { server in
      let ada = try await server.person("Ada")
      let now = Date.now.milliseconds
      let recent = Times(used: now - 3_500_000, expires: now + 5_000_000)
      try await set(recent, server)
      #expect(try await ada.browser.get("/").header("Set-Cookie") == nil)
      #expect(try await times(server) == recent)
    }
  }

  @Test func aLogInLastsAMonth() async throws {
    try await TestServer.with { server in
      let ada = try await server.signUp("Ada")
      let times = try await times(server)
      #expect(times.expires == times.used + Self.month)
      #expect(abs(times.used - Date.now.milliseconds) < 60_000)
      #expect(try await ada.browser.get("/").status == 200)
    }
  }
}
