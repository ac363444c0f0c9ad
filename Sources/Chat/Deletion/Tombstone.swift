import GRDB

/// What is left of an account in its row: the id, and for every other column what means nothing, also for
/// columns that later migrations add.
enum Tombstone {
  static func replace(_ user: User.ID, in db: Database) throws {
    let columns = try db.columns(in: "user").filter { $0.primaryKeyIndex == 0 }
    let assignments = columns.map { "\($0.name.quotedDatabaseIdentifier) = \(nothing(in: $0))" }
    try db.execute(
      sql: "UPDATE user SET \(assignments.joined(separator: ", ")) WHERE id = ?", arguments: [user])
  }

  private static func nothing(in column: ColumnInfo) -> String {
    // Unique, and no address that anyone can have: it has no @.
    if column.name == "email_key" { return "'deleted ' || id" }
    guard column.isNotNull else { return "NULL" }
    return column.defaultValueSQL ?? (column.type == "TEXT" ? "''" : "0")
  }
}
