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
  let attachments: [Attachment]

  static let columns = """
    message.id, message.conversation_id, message.text, message.created_at, message.continues, \
    message.attachment_count, \(User.columns("author"))
    """

  init(
    id: ID, conversation: Conversation.ID, author: User, text: String, createdAt: Milliseconds,
    continues: Bool, attachments: [Attachment]
  ) {
    self.id = id
    self.conversation = conversation
    self.author = author
    self.text = text
    self.createdAt = createdAt
    self.continues = continues
    self.attachments = attachments
  }

  /// - Parameter row: ``columns`` of `message JOIN user AS author`.
  private init(_ row: Row, attachments: [Attachment]) {
    self.init(
      id: row["id"], conversation: row["conversation_id"], author: User(row, "author"), text: row["text"],
      createdAt: row["created_at"], continues: row["continues"], attachments: attachments)
  }

  static func find(_ id: ID, in db: Database) throws -> Message? {
    try fetch(
      db.cachedStatement(
        sql: """
          SELECT \(columns) FROM message JOIN user AS author ON author.id = message.author_id
          WHERE message.id = ?
          """), [id], in: db
    ).first
  }

  /// The messages of a query for ``columns``, with their attachments, which are read together.
  static func fetch(
    _ statement: Statement, _ arguments: StatementArguments, in db: Database
  ) throws -> [Message] {
    // One at a time: all rows at once would be copies of each value.
    var found: [Message] = []
    var withAttachments: [ID] = []
    let rows = try Row.fetchCursor(statement, arguments: arguments)
    while let row = try rows.next() {
      let message = Message(row, attachments: [])
      if row["attachment_count"] as Int > 0 { withAttachments.append(message.id) }
      found.append(message)
    }
    guard !withAttachments.isEmpty else { return found }
    let attachments = try Attachment.all(of: withAttachments, in: db)
    return found.map { message in attachments[message.id].map { message.with($0) } ?? message }
  }

  private func with(_ attachments: [Attachment]) -> Message {
    Message(
      id: id, conversation: conversation, author: author, text: text, createdAt: createdAt,
      continues: continues, attachments: attachments)
  }

  /// The message that `author` sent with that `clientID`, if there is one.
  static func posted(by author: User.ID, clientID: String, in db: Database) throws -> ID? {
    try ID.fetchOne(
      db.cachedStatement(sql: "SELECT id FROM message WHERE author_id = ? AND client_id = ?"),
      arguments: [author, clientID])
  }
}
