import GRDB
import Web

/// A file that somebody uploaded: part of a message, a profile picture, or a draft that waits in a composer for the
/// rest of its message.
struct Attachment: Sendable, Hashable {
  /// What it belongs to. Kinds are only ever added.
  enum Kind: String, Sendable {
    case draft, message, picture
    case groupPicture = "group picture"
    /// Of a message that it was deleted from a moment ago: nobody sees it, and it may come back.
    case withdrawn
  }

  struct Size: Sendable, Hashable {
    let width: Int
    let height: Int
  }

  /// What it is called in its address and on the disk.
  let name: String
  let mediaType: String
  /// In pixels; nil for what is no image.
  let size: Size?
  let bytes: Int
  let alt: String
  /// Its file was not there when the program started.
  let isMissing: Bool

  private static let columns =
    "attachment.name, media_type, width, height, bytes, alt, is_missing"

  /// What stands for the image where it is not seen.
  func words(by author: User) -> Sentence {
    alt.isEmpty ? Sentence("Image from {name}", ["name": author.name]) : .verbatim(alt)
  }

  private init(_ row: Row) {
    name = row["name"]
    mediaType = row["media_type"]
    size = (row["width"] as Int?).map { Size(width: $0, height: row["height"]) }
    bytes = row["bytes"]
    alt = row["alt"]
    isMissing = row["is_missing"]
  }

  /// Those of a message, in their order.
  static func all(of message: Message.ID, in db: Database) throws -> [Attachment] {
    try Row.fetchAll(
      db.cachedStatement(
        sql: "SELECT \(columns) FROM attachment WHERE message_id = ? ORDER BY position"),
      arguments: [message]
    ).map { Attachment($0) }
  }

  /// Those of many messages, each in their order.
  static func all(of messages: [Message.ID], in db: Database) throws -> [Message.ID: [Attachment]] {
    try Row.group(
      db.cachedStatement(
        sql: """
          SELECT message_id, \(columns) FROM json_each(?) JOIN attachment ON message_id = value
          ORDER BY message_id, position
          """), [GroupMembers.list(messages)], by: "message_id"
    ) { Attachment($0) }
  }

  /// The newest images of a conversation that a person may see, and the messages that they stand in.
  static func newest(
    _ limit: Int, of conversation: Conversation.ID, _ sight: Sight, in db: Database
  ) throws -> [(message: Message.ID, image: Attachment)] {
    let sql = """
      SELECT message.id AS message, \(columns) FROM message JOIN attachment ON attachment.message_id = message.id
      WHERE message.conversation_id = ? AND message.attachment_count > 0 AND width IS NOT NULL AND NOT is_missing
        AND \(sight.condition("message.id"))
      ORDER BY message.id DESC, position LIMIT ?
      """
    return try Row.fetchAll(db, sql: sql, arguments: [conversation, limit]).map {
      ($0["message"], Attachment($0))
    }
  }

  /// The one of that name, if `viewer` may see what it belongs to.
  static func find(_ name: String, visibleTo viewer: User.ID, in db: Database) throws -> Attachment? {
    try Row.fetchOne(
      db.cachedStatement(
        sql: """
          SELECT \(columns) FROM attachment LEFT JOIN message ON message.id = attachment.message_id
          WHERE attachment.name = ?1 AND (
            attachment.kind = 'picture' OR attachment.kind = 'draft' AND attachment.owner_id = ?2
            OR attachment.kind = 'group picture' AND EXISTS (SELECT 1 FROM conversation
              LEFT JOIN member ON member.conversation_id = conversation.id AND member.user_id = ?2
              WHERE conversation.id = attachment.conversation_id
                AND (conversation.access = 'open' OR member.user_id IS NOT NULL))
            OR \(Sight.seesMessage("message.id", in: "message.conversation_id", "?2")))
          """), arguments: [name, viewer]
    ).map { Attachment($0) }
  }

  /// What a file counts at least: a disk gives it no less.
  static let leastBytes: Int64 = 4_096

  /// The bytes that `owner` has in use: of all files that are still there, and of the texts of all messages.
  /// - Parameter kind: is left out, since what is to come replaces it.
  static func usedBytes(of owner: User.ID, without kind: Kind? = nil, in db: Database) throws -> Int64 {
    try Int64.fetchOne(
      db.cachedStatement(
        sql: """
          SELECT (SELECT total(max(bytes, ?2)) FROM attachment WHERE owner_id = ?1 AND kind IS NOT ?3)
            + ifnull((SELECT bytes FROM text_usage WHERE user_id = ?1), 0)
          """), arguments: [owner, leastBytes, kind?.rawValue]) ?? 0
  }

  static func add(
    _ image: StoredImage, _ kind: Kind, of owner: User.ID, message: Message.ID? = nil, position: Int = 0,
    alt: String = "", at now: Milliseconds, in db: Database
  ) throws {
    try db.cachedStatement(
      sql: """
        INSERT INTO attachment
          (name, kind, owner_id, message_id, position, media_type, width, height, bytes, alt, created_at)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """
    ).execute(arguments: [
      image.name, kind.rawValue, owner, message, position, image.mediaType, image.width, image.height,
      image.bytes, alt, now,
    ])
  }

  /// Of no person's, so that it stays when the one who gave it goes.
  static func add(
    _ image: StoredImage, pictureOf group: Conversation.ID, at now: Milliseconds, in db: Database
  ) throws {
    try db.execute(
      sql: """
        INSERT INTO attachment
          (name, kind, conversation_id, position, media_type, width, height, bytes, alt, created_at)
        VALUES (?, ?, ?, 0, ?, ?, ?, ?, '', ?)
        """,
      arguments: [
        image.name, Kind.groupPicture.rawValue, group, image.mediaType, image.width, image.height,
        image.bytes, now,
      ])
  }

  /// Makes a draft of `owner` part of a message.
  /// - Returns: false where there is no such draft.
  static func attach(
    draft name: String, of owner: User.ID, to message: Message.ID, position: Int, alt: String,
    in db: Database
  ) throws -> Bool {
    try db.cachedStatement(
      sql: """
        UPDATE attachment SET kind = 'message', message_id = ?, position = ?, alt = ?
        WHERE name = ? AND owner_id = ? AND kind = 'draft'
        """
    ).execute(arguments: [message, position, alt, name, owner])
    return db.changesCount > 0
  }

  /// Takes it out of a message, so that nobody sees it.
  /// - Parameter due: until when `user`, who takes it out, may put it back.
  static func withdraw(
    _ name: String, from message: Message.ID, by user: User.ID, until due: Milliseconds, in db: Database
  ) throws {
    try db.cachedStatement(
      sql: """
        INSERT INTO withdrawn_attachment (attachment_id, message_id, user_id, due_at)
        SELECT id, message_id, ?3, ?4 FROM attachment WHERE name = ?1 AND message_id = ?2
        """
    ).execute(arguments: [name, message, user, due])
    try db.cachedStatement(
      sql: "UPDATE attachment SET kind = 'withdrawn', message_id = NULL WHERE name = ? AND message_id = ?"
    ).execute(arguments: [name, message])
  }

  /// Puts back what `user` took out of a message, as far as they still may.
  static func restore(to message: Message.ID, of user: User.ID, at now: Milliseconds, in db: Database) throws
  {
    let mine = "message_id = ?1 AND user_id = ?2 AND due_at > ?3"
    try db.cachedStatement(
      sql: """
        UPDATE attachment SET kind = 'message', message_id = ?1
        WHERE id IN (SELECT attachment_id FROM withdrawn_attachment WHERE \(mine))
        """
    ).execute(arguments: [message, user, now])
    try db.cachedStatement(
      sql: "UPDATE message SET attachment_count = attachment_count + ?2 WHERE id = ?1"
    ).execute(arguments: [message, db.changesCount])
    try db.cachedStatement(sql: "DELETE FROM withdrawn_attachment WHERE \(mine)").execute(arguments: [
      message, user, now,
    ])
  }

  /// Deletes so many that were taken out of messages and that nobody may put back any more.
  /// - Returns: the names of their files.
  static func deleteWithdrawn(_ limit: Int, before now: Milliseconds, in db: Database) throws -> [String] {
    try String.fetchAll(
      db.cachedStatement(
        sql: """
          DELETE FROM attachment WHERE id IN (
            SELECT attachment_id FROM withdrawn_attachment WHERE due_at <= ? LIMIT ?) RETURNING name
          """), arguments: [now, limit])
  }

  static func isDraft(_ name: String, of owner: User.ID, in db: Database) throws -> Bool {
    try Bool.fetchOne(
      db,
      sql: "SELECT EXISTS (SELECT 1 FROM attachment WHERE name = ? AND owner_id = ? AND kind = 'draft')",
      arguments: [name, owner]) ?? false
  }

  static func delete(_ name: String, in db: Database) throws {
    try db.execute(sql: "DELETE FROM attachment WHERE name = ?", arguments: [name])
  }

  /// Deletes the drafts that were made before `time`.
  /// - Returns: the names of their files.
  static func deleteDrafts(before time: Milliseconds, in db: Database) throws -> [String] {
    try String.fetchAll(
      db, sql: "DELETE FROM attachment WHERE kind = 'draft' AND created_at < ? RETURNING name",
      arguments: [time])
  }

  /// Deletes the picture and the drafts of `owner`.
  /// - Returns: the names of their files.
  static func deleteUnsent(of owner: User.ID, in db: Database) throws -> [String] {
    try String.fetchAll(
      db, sql: "DELETE FROM attachment WHERE owner_id = ? AND kind <> 'message' RETURNING name",
      arguments: [owner])
  }

  /// Deletes so many of the images of `owner`, of whatever kind.
  /// - Returns: the names of their files.
  static func delete(_ limit: Int, of owner: User.ID, in db: Database) throws -> [String] {
    try String.fetchAll(
      db,
      sql: """
        DELETE FROM attachment WHERE id IN (SELECT id FROM attachment WHERE owner_id = ? LIMIT ?)
        RETURNING name
        """, arguments: [owner, limit])
  }

  /// The names that start with `prefix`, and whether each is known to be missing.
  static func names(startingWith prefix: String, in db: Database) throws -> [String: Bool] {
    let rows = try Row.fetchAll(
      db.cachedStatement(sql: "SELECT name, is_missing FROM attachment WHERE name >= ? AND name < ?"),
      arguments: [prefix, prefix + "g"])
    return Dictionary(rows.map { ($0["name"], $0["is_missing"]) }) { first, _ in first }
  }

  /// Whether its file is there. Open pages show it.
  static func note(_ name: String, isMissing: Bool, at now: Milliseconds, in db: Database) throws {
    let message = try Row.fetchOne(
      db,
      sql: """
        SELECT message.id, message.conversation_id FROM attachment
        JOIN message ON message.id = attachment.message_id WHERE name = ?
        """, arguments: [name])
    try db.execute(
      sql: "UPDATE attachment SET is_missing = ? WHERE name = ?", arguments: [isMissing, name])
    guard let message else { return }
    try Event.append(
      MessageChanged.self, audience: .members(of: message["conversation_id"]), subject: message["id"],
      message: message["id"], at: now, in: db)
  }
}
