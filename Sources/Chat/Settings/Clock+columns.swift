import GRDB

extension Clock {
  /// The columns that ``init(_:)`` reads, of a table that goes by `alias`.
  static func columns(_ alias: String) -> String { "\(alias).time_zone, \(alias).hour_cycle" }

  init(_ row: Row) {
    let name: String? = row["time_zone"]
    let hours: Int? = row["hour_cycle"]
    self.init(zone: name.flatMap { ZoneName($0) }, hours: hours.flatMap { Hours(rawValue: $0) })
  }

  static func of(_ user: User.ID, in db: Database) throws -> Clock {
    try Row.fetchOne(
      db.cachedStatement(sql: "SELECT \(columns("user")) FROM user WHERE id = ?"), arguments: [user]
    ).map { Clock($0) } ?? .utc
  }

  /// - Parameter unlessChosen: leaves what there is already.
  func save(of user: User.ID, unlessChosen: Bool = false, in db: Database) throws {
    try db.execute(
      sql: """
        UPDATE user SET time_zone = ?, hour_cycle = ?
        WHERE id = ? AND NOT (? AND hour_cycle IS NOT NULL)
        """, arguments: [zone?.text, hours?.rawValue, user, unlessChosen])
  }
}
