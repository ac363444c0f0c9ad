import GRDB

/// A person with an account.
struct User: Sendable, Equatable {
  typealias ID = Int64

  let id: ID
  let fullName: String
  let lastSeenAt: Milliseconds?

  /// The columns that ``init(_:at:)`` reads, in order, of a table that goes by `alias`.
  static func columns(_ alias: String) -> String {
    "\(alias).id, \(alias).full_name, \(alias).last_seen_at"
  }

  init(_ row: Row, at index: Int = 0) {
    id = row[index]
    fullName = row[index + 1]
    lastSeenAt = row[index + 2]
  }

  static func find(_ id: ID, in db: Database) throws -> User? {
    try Row.fetchOne(
      db.cachedStatement(sql: "SELECT \(columns("user")) FROM user WHERE id = ?"), arguments: [id]
    ).map { User($0) }
  }

  /// Makes the account and says so in the log that everyone's streams are fed from.
  /// - Throws: ``EmailAddress/Refusal/taken``.
  static func create(
    name: FullName, email: EmailAddress, hash: PasswordHash, at now: Milliseconds, in db: Database
  ) throws -> ID {
    let arguments: StatementArguments = [
      name.text, FullName.sortKey(name.text), email.text, email.key, hash.text, now,
    ]
    do {
      try db.execute(
        sql: """
          INSERT INTO user (full_name, sort_name, email, email_key, password_hash, created_at)
          VALUES (?, ?, ?, ?, ?, ?)
          """, arguments: arguments)
    } catch let error as DatabaseError where error.extendedResultCode == .SQLITE_CONSTRAINT_UNIQUE {
      throw EmailAddress.Refusal.taken
    }
    let id = db.lastInsertedRowID
    try Event.append(.userNew, audience: .everyone, subject: id, at: now, in: db)
    return id
  }

  /// What a log-in needs to know of an account.
  struct Credentials: Sendable {
    let id: ID
    let hash: PasswordHash?
  }

  static func credentials(email: EmailAddress, in db: Database) throws -> Credentials? {
    try Row.fetchOne(
      db, sql: "SELECT id, password_hash FROM user WHERE email_key = ?", arguments: [email.key]
    ).map { Credentials(id: $0[0], hash: PasswordHash($0[1] as String)) }
  }

  static func setPassword(_ hash: PasswordHash, of id: ID, in db: Database) throws {
    try db.execute(sql: "UPDATE user SET password_hash = ? WHERE id = ?", arguments: [hash.text, id])
  }
}
