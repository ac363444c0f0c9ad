import GRDB
import Web

/// The chat as a whole, as its owner has set it up.
struct Site: Sendable, Hashable {
  /// Empty until the owner gives it one.
  var name = ""
  /// Nil until the owner says.
  var admission: Admission?
  /// The one that people type, without a slash at the end; nil until the owner says.
  var address: String?

  /// What stands in headings and titles.
  var title: String { name.isEmpty ? "Nextalk" : name }

  static func load(in db: Database) throws -> Site {
    let row = try Row.fetchOne(
      db.cachedStatement(sql: "SELECT name, admission, address FROM site WHERE id = 1"))
    guard let row else { return Site() }
    return Site(
      name: row["name"], admission: (row["admission"] as String?).flatMap { Admission(rawValue: $0) },
      address: row["address"])
  }

  /// Whether nobody has had an account yet, so that the first one becomes the owner's.
  static func awaitsOwner(in db: Database) throws -> Bool {
    try Bool.fetchOne(db.cachedStatement(sql: "SELECT awaits_owner FROM site WHERE id = 1")) ?? false
  }

  static func hasOwner(in db: Database) throws -> Bool {
    try Bool.fetchOne(
      db.cachedStatement(sql: "SELECT EXISTS (SELECT 1 FROM user WHERE role = 'owner')")) ?? false
  }

  /// Stores it, where `user` may.
  /// - Throws: ``ChatError/notFound`` for who administers nothing, as all of the administration answers them.
  func save(by user: User.ID, in db: Database) throws {
    guard try UserRole.of(user, in: db).administers else { throw ChatError.notFound }
    try db.execute(
      sql: "UPDATE site SET name = ?, admission = ?, address = ? WHERE id = 1",
      arguments: [name, admission?.rawValue, address])
  }
}
