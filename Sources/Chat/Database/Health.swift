import Foundation
import GRDB
import HTTPTypes
import Hummingbird

/// `GET /health`: whether the database answers and takes writes. Tells nothing private, needs no sign-in,
/// and looks at most once a second, however often and by however many at once it is asked.
actor Health: Feature {
  static let routes: [Route<Health>] = [
    .get("/health") { health in { (_, _: ChatContext) in await health.respond() } }
  ]

  private let database: ChatDatabase
  private var checked: (at: ContinuousClock.Instant, problem: String?)?
  /// The look that is under way. Who asks meanwhile waits for it too.
  private var checking: Task<String?, Never>?

  init(database: ChatDatabase) { self.database = database }

  func respond() async -> Response {
    let problem = await problem()
    let body =
      problem.map { "{\"status\":\"unavailable\",\"problem\":\"\($0)\"}\n" } ?? "{\"status\":\"ok\"}\n"
    return Response(
      status: problem == nil ? .ok : .serviceUnavailable,
      headers: [.contentType: "application/json", .cacheControl: "no-store"],
      body: .init(byteBuffer: ByteBuffer(string: body)))
  }

  private func problem() async -> String? {
    if let checked, .now - checked.at < .seconds(1) { return checked.problem }
    if let checking { return await checking.value }
    let check = Task { [database] in await Self.check(database) }
    checking = check
    let problem = await check.value
    checking = nil
    checked = (.now, problem)
    return problem
  }

  private static func check(_ database: ChatDatabase) async -> String? {
    do {
      let now = Date.now.milliseconds
      try await database.writer.write { db in
        try db.execute(
          sql: """
            INSERT INTO health (id, checked_at) VALUES (1, ?)
            ON CONFLICT DO UPDATE SET checked_at = excluded.checked_at
            """, arguments: [now])
      }
      _ = try await database.read { try Int.fetchOne($0, sql: "SELECT checked_at FROM health") }
      return nil
    } catch let error as DatabaseError {
      return error.resultCode == .SQLITE_FULL
        ? "the disk is full" : "the database cannot be written (SQLite error \(error.resultCode.rawValue))"
    } catch {
      return "the database is too busy"
    }
  }
}
