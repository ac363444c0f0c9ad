import GRDB

extension FoldedName {
  /// Folds all names anew where another version of ``Folding`` did so. On the thread that opens the database.
  static func refresh(in db: Database) throws {
    let version = try Int.fetchOne(db, sql: "SELECT version FROM folding")
    guard version != Folding.version else { return }
    try db.execute(sql: "UPDATE user SET folded_name = folded_name(full_name) WHERE full_name <> ''")
    try db.execute(sql: "UPDATE conversation SET folded_name = folded_name(name) WHERE kind = 'group'")
    try db.execute(sql: "UPDATE folding SET version = ?", arguments: [Folding.version])
  }
}
