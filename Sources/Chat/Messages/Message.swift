import GRDB

/// What one person said in a conversation. Ids grow in the order in which messages were taken.
struct Message: Sendable, Hashable {
  typealias ID = Int64

  /// Within this time a message of the same author continues the one before it.
  static let continuationTime: Milliseconds = 5 * 60_000

  let id: ID
  let conversation: Conversation.ID
  let author: User
  let text: String
  let createdAt: Milliseconds
  let continues: Bool
  let images: [Attachment]

  static let columns = """
    message.id, message.conversation_id, message.text, message.created_at, message.continues, \
    message.image_count, \(User.columns("author"))
    """

  /// - Parameter row: ``columns`` of `message JOIN user AS author`.
  init(_ row: Row, in db: Database) throws {
    id = row[0]
    conversation = row[1]
    text = row[2]
    createdAt = row[3]
    continues = row[4]
    images = (row[5] as Int) > 0 ? try Attachment.all(of: id, in: db) : []
    author = User(row, at: 6)
  }

  static func find(_ id: ID, in db: Database) throws -> Message? {
    try Row.fetchOne(
      db.cachedStatement(
        sql: """
          SELECT \(columns) FROM message JOIN user AS author ON author.id = message.author_id
          WHERE message.id = ?
          """), arguments: [id]
    ).map { try Message($0, in: db) }
  }

  /// Takes a message in. The same `clientID` of the same author gives the first one again.
  static func post(
    _ text: MessageText, images: [NewImage] = [], by author: User.ID, in conversation: Conversation,
    clientID: String?, at now: Milliseconds, in db: Database
  ) throws -> Message? {
    if let clientID, let id = try posted(by: author, clientID: clientID, in: db) {
      return try find(id, in: db)
    }
    let previous = try Row.fetchOne(
      db.cachedStatement(
        sql: """
          SELECT message.author_id, message.created_at FROM conversation
          JOIN message ON message.id = conversation.newest_message_id WHERE conversation.id = ?
          """), arguments: [conversation.id]
    ).map { (author: $0[0] as User.ID, time: $0[1] as Milliseconds) }
    let time = max(now, previous?.time ?? now)
    let continues =
      previous.map { $0.author == author && time - $0.time < continuationTime } ?? false
    try db.cachedStatement(
      sql: """
        INSERT INTO message
          (conversation_id, author_id, text, created_at, continues, client_id, image_count)
        VALUES (?, ?, ?, ?, ?, ?, ?)
        """
    ).execute(arguments: [
      conversation.id, author, text.text, time, continues, clientID, images.count,
    ])
    let id = db.lastInsertedRowID
    for (position, image) in images.enumerated() {
      try image.attach(to: id, of: author, position: position, at: time, in: db)
    }
    try Event.append(
      .messagePosted, audience: .members(of: conversation.id), subject: id, at: time, in: db)
    try db.cachedStatement(sql: "UPDATE conversation SET newest_message_id = ? WHERE id = ?")
      .execute(arguments: [id, conversation.id])
    try ReadMark.take(along: author, past: id, in: conversation.id, db: db)
    return try find(id, in: db)
  }

  /// The message that `author` sent with that `clientID`, if there is one.
  static func posted(by author: User.ID, clientID: String, in db: Database) throws -> ID? {
    try ID.fetchOne(
      db.cachedStatement(sql: "SELECT id FROM message WHERE author_id = ? AND client_id = ?"),
      arguments: [author, clientID])
  }
}
