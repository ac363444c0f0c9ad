import GRDB
import Web

/// A person with an account, or what is left of one: an id.
struct User: Sendable, Hashable {
  typealias ID = Int64

  let id: ID
  /// Empty where the account is gone.
  let fullName: String
  /// The name of their profile picture among the uploads.
  let picture: String?
  /// The account is gone; the id stays for the conversations that others keep.
  let isDeleted: Bool

  /// What stands in place of the name of someone who is gone.
  static let deletedName = Sentence("Deleted account")

  /// What others see.
  var name: Sentence { isDeleted ? Self.deletedName : .verbatim(fullName) }

  var initials: String { isDeleted ? "" : Avatar.initials(of: fullName) }

  /// The columns that ``init(_:_:)`` reads, of a table that goes by `alias`.
  static func columns(_ alias: String) -> String {
    ["id", "full_name", "picture"].map { "\(alias).\($0) AS \"\(alias).\($0)\"" }.joined(separator: ", ")
  }

  init(_ row: Row, _ alias: String = "user") {
    id = row[alias + ".id"]
    let name: String = row[alias + ".full_name"]
    isDeleted = name.isEmpty
    fullName = name
    picture = row[alias + ".picture"]
  }

  /// Nil where an outer join found nobody.
  init?(optional row: Row, _ alias: String) {
    guard row[alias + ".id"] as ID? != nil else { return nil }
    self.init(row, alias)
  }

  static func find(_ id: ID, in db: Database) throws -> User? {
    try Row.fetchOne(
      db.cachedStatement(sql: "SELECT \(columns("user")) FROM user WHERE id = ?"), arguments: [id]
    ).map { User($0) }
  }

  static func all(_ ids: some Sequence<ID>, in db: Database) throws -> [ID: User] {
    let users = try Row.map(
      db.cachedStatement(
        sql: "SELECT \(columns("user")) FROM json_each(?) JOIN user ON user.id = value"),
      [GroupMembers.list(ids)]
    ) { User($0) }
    return Dictionary(users.map { ($0.id, $0) }) { first, _ in first }
  }

  /// One whose account is not gone.
  static func found(_ id: ID, in db: Database) throws -> User? {
    try find(id, in: db).flatMap { $0.isDeleted ? nil : $0 }
  }

  /// Whether no more than one account is there; those that are deleted have no name to sort by.
  static func isOnlyOne(in db: Database) throws -> Bool {
    let sql = "SELECT NOT EXISTS (SELECT 1 FROM user WHERE sort_name > '' LIMIT 1 OFFSET 1)"
    return try Bool.fetchOne(db.cachedStatement(sql: sql)) ?? false
  }

  /// When each was here last who has been.
  static func lastSeen(in db: Database) throws -> [ID: Milliseconds] {
    let rows = try Row.fetchCursor(
      db, sql: "SELECT id, last_seen_at FROM user WHERE last_seen_at IS NOT NULL")
    return try Dictionary(
      uniqueKeysWithValues: rows.map { ($0["id"] as ID, $0["last_seen_at"] as Milliseconds) })
  }

  /// Makes the account and says so in the log that everyone's streams are fed from.
  /// - Throws: ``EmailAddress/Refusal/taken``.
  static func create(
    name: FullName, email: EmailAddress, hash: PasswordHash, at now: Milliseconds, in db: Database
  ) throws -> ID {
    let arguments: StatementArguments = [
      name.text, FullName.sortKey(name.text), FoldedName.stretches(of: name.text), email.text, email.key,
      hash.text, now,
    ]
    do {
      try db.execute(
        sql: """
          INSERT INTO user (full_name, sort_name, folded_name, email, email_key, password_hash, created_at)
          VALUES (?, ?, ?, ?, ?, ?, ?)
          """, arguments: arguments)
    } catch let error as DatabaseError where error.extendedResultCode == .SQLITE_CONSTRAINT_UNIQUE {
      throw EmailAddress.Refusal.taken
    }
    let id = db.lastInsertedRowID
    try Event.append(PersonNew.self, audience: .everyone, subject: id, at: now, in: db)
    return id
  }

  /// What a log-in needs to know of an account.
  struct Credentials: Sendable {
    let id: ID
    let hash: PasswordHash?
  }

  /// Of two accounts that have become one address, that of the one who typed it so.
  static func credentials(email: EmailAddress, in db: Database) throws -> Credentials? {
    for key in email.typedKey == email.key ? [email.key] : [email.typedKey, email.key] {
      let row = try Row.fetchOne(
        db, sql: "SELECT id, password_hash FROM user WHERE email_key = ?", arguments: [key])
      if let row { return Credentials(id: row["id"], hash: PasswordHash(row["password_hash"] as String)) }
    }
    return nil
  }

  static func passwordHash(of id: ID, in db: Database) throws -> PasswordHash? {
    try String.fetchOne(db, sql: "SELECT password_hash FROM user WHERE id = ?", arguments: [id])
      .flatMap { PasswordHash($0) }
  }

  /// Another password, with which no browser has logged in yet.
  static func setPassword(_ hash: PasswordHash, of id: ID, in db: Database) throws {
    try store(hash, of: id, in: db)
    try KnownBrowser.forgetAll(of: id, in: db)
  }

  /// Another hash of the same password.
  static func store(_ hash: PasswordHash, of id: ID, in db: Database) throws {
    try db.execute(sql: "UPDATE user SET password_hash = ? WHERE id = ?", arguments: [hash.text, id])
  }

  /// - Throws: ``EmailAddress/Refusal/taken``.
  static func setEmail(_ email: EmailAddress, of id: ID, in db: Database) throws {
    do {
      try db.execute(
        sql: "UPDATE user SET email = ?, email_key = ? WHERE id = ?", arguments: [email.text, email.key, id])
    } catch let error as DatabaseError where error.extendedResultCode == .SQLITE_CONSTRAINT_UNIQUE {
      throw EmailAddress.Refusal.taken
    }
  }

  /// What a person sees of their own account.
  struct Profile: Sendable {
    let user: User
    let email: String
    let createdAt: Milliseconds
  }

  static func profile(_ id: ID, in db: Database) throws -> Profile? {
    try Row.fetchOne(
      db.cachedStatement(sql: "SELECT email, created_at, \(columns("user")) FROM user WHERE id = ?"),
      arguments: [id]
    ).map { Profile(user: User($0), email: $0["email"], createdAt: $0["created_at"]) }
  }

  /// Gives the person another name or picture, and says so to everyone's open pages.
  static func change(
    _ id: ID, fullName: String, picture: String?, at now: Milliseconds, in db: Database
  ) throws {
    try db.execute(
      sql: "UPDATE user SET full_name = ?, sort_name = ?, folded_name = ?, picture = ? WHERE id = ?",
      arguments: [fullName, FullName.sortKey(fullName), FoldedName.stretches(of: fullName), picture, id])
    try Event.append(PersonChanged.self, audience: .everyone, subject: id, at: now, in: db)
  }

  static func theme(of id: ID, in db: Database) throws -> Theme {
    Theme(stored: try String.fetchOne(db, sql: "SELECT theme FROM user WHERE id = ?", arguments: [id]))
  }

  static func setTheme(_ theme: Theme, of id: ID, in db: Database) throws {
    try db.execute(sql: "UPDATE user SET theme = ? WHERE id = ?", arguments: [theme.rawValue, id])
  }

  /// Shows initials again in place of a profile picture whose file is gone.
  static func takeDown(picture: String, at now: Milliseconds, in db: Database) throws {
    let owner = try Row.fetchOne(
      db,
      sql: """
        SELECT \(columns("user")) FROM attachment JOIN user ON user.id = attachment.owner_id
        WHERE attachment.name = ?1 AND attachment.kind = 'picture' AND user.picture = ?1
        """, arguments: [picture]
    ).map { User($0) }
    guard let owner else { return }
    try change(owner.id, fullName: owner.fullName, picture: nil, at: now, in: db)
    try Attachment.delete(picture, in: db)
  }
}
