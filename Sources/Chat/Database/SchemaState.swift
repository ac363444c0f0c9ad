import GRDB

/// How far the schema of a database file has come, beside what this program knows.
struct SchemaState {
  /// A newer Nextalk has changed it.
  let isNewer: Bool
  /// There is nothing in it at all, as in a file that a start which was cut off has made.
  let isEmpty: Bool
  /// The steps that are still to come, in their order.
  let pending: [String]

  init(of db: Database) throws {
    let migrator = Migrations.migrator
    let done = try migrator.appliedIdentifiers(db)
    isNewer = try migrator.hasBeenSuperseded(db)
    isEmpty = try Int.fetchOne(db, sql: "SELECT count(*) FROM sqlite_master") == 0
    pending = migrator.migrations.filter { !done.contains($0) }
  }
}
