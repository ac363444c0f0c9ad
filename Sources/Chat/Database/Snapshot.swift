import GRDB

/// What a connection sees of the database: where two are equal nothing was written in between, by whichever
/// program.
struct Snapshot: Sendable, Hashable {
  let connection: Int64
  private let version: Int64

  /// Call it first in a read, whose snapshot it then is.
  init?(of db: Database) throws {
    let row = try Row.fetchOne(
      db.cachedStatement(sql: "SELECT connection_number(), data_version FROM pragma_data_version"))
    guard let row else { return nil }
    (connection, version) = (row[0], row[1])
  }

  /// `connection_number()`, for one connection.
  static func connectionNumber(_ number: Int64) -> DatabaseFunction {
    DatabaseFunction("connection_number", argumentCount: 0, pure: true) { _ in number }
  }
}
