import GRDB
import Web

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
  /// Of a line of a group, which nobody wrote.
  let line: GroupLine?
  /// Who is meant in it, in the order of the text.
  let mentions: [Mention]
  /// When its author last changed it; nil for never.
  var editedAt: Milliseconds?
  /// Whose doing it is that nothing is left of it; nil where its author's account went.
  var deletedBy: Deleter?
  /// What it answers.
  var quote: Quote?
  var reactions: [Reaction] = []

  enum Deleter: String, Sendable {
    case author, administrator

    var sentence: Sentence {
      switch self {
      case .author: Message.deletedText
      case .administrator: Sentence("Message deleted by an administrator")
      }
    }
  }

  static let columns = """
    message.id, message.conversation_id, message.text, message.created_at, message.continues, \
    message.attachment_count, message.line, message.mention_count, message.edited_at, message.deleted_by, \
    message.reply_to, message.quote_start, message.quote_length, message.reaction_count, \(User.columns("author"))
    """

  init(
    id: ID, conversation: Conversation.ID, author: User, text: String, createdAt: Milliseconds,
    continues: Bool, attachments: [Attachment], line: GroupLine? = nil, mentions: [Mention] = []
  ) {
    self.id = id
    self.conversation = conversation
    self.author = author
    self.text = text
    self.createdAt = createdAt
    self.continues = continues
    self.attachments = attachments
    self.line = line
    self.mentions = mentions
  }

  /// - Parameter row: ``columns`` of `message JOIN user AS author`.
  private init(_ row: Row, attachments: [Attachment]) {
    self.init(
      id: row["id"], conversation: row["conversation_id"], author: User(row, "author"), text: row["text"],
      createdAt: row["created_at"], continues: row["continues"], attachments: attachments)
    editedAt = row["edited_at"]
    deletedBy = (row["deleted_by"] as String?).flatMap { Deleter(rawValue: $0) }
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
    var lines: [ID: GroupLine.Kind] = [:]
    var withMentions: [ID] = []
    var withReactions: [ID] = []
    var answers: [ID: (message: ID, stretch: Quote.Stretch)] = [:]
    let rows = try Row.fetchCursor(statement, arguments: arguments)
    while let row = try rows.next() {
      let message = Message(row, attachments: [])
      if row["attachment_count"] as Int > 0 { withAttachments.append(message.id) }
      if let kind = GroupLine.kind(of: row) { lines[message.id] = kind }
      if row["mention_count"] as Int > 0 { withMentions.append(message.id) }
      // What is deleted shows neither, though both may come back with it for a moment.
      if message.text != "" || row["attachment_count"] as Int > 0 {
        if row["reaction_count"] as Int > 0 { withReactions.append(message.id) }
        if let answered = row["reply_to"] as ID? {
          answers[message.id] = (answered, .init(start: row["quote_start"], length: row["quote_length"]))
        }
      }
      found.append(message)
    }
    guard
      !withAttachments.isEmpty || !lines.isEmpty || !withMentions.isEmpty || !withReactions.isEmpty
        || !answers.isEmpty
    else { return found }
    let attachments = withAttachments.isEmpty ? [:] : try Attachment.all(of: withAttachments, in: db)
    let linesByID = try GroupLine.all(lines, in: db)
    let mentions = try Mention.all(of: withMentions, in: db)
    let reactions = try Reaction.all(of: withReactions, in: db)
    let quotes = try Quote.all(of: answers, in: db)
    return found.map { message in
      let id = message.id
      var whole = message.with(attachments[id] ?? [], linesByID[id], mentions[id] ?? [])
      whole.reactions = reactions[id] ?? []
      whole.quote = quotes[id]
      return whole
    }
  }

  private func with(_ attachments: [Attachment], _ line: GroupLine?, _ mentions: [Mention]) -> Message {
    var message = Message(
      id: id, conversation: conversation, author: author, text: text, createdAt: createdAt,
      continues: continues, attachments: attachments, line: line, mentions: mentions)
    message.editedAt = editedAt
    message.deletedBy = deletedBy
    return message
  }

  /// As one sees it who sees so much of the conversation: nothing of what they may not see is quoted.
  func seen(by sight: Sight) -> Message {
    guard let quote, !sight.sees(message: quote.message) else { return self }
    return hidingQuote
  }

  var hidingQuote: Message {
    var message = self
    message.quote = quote?.hidden
    return message
  }

  /// The message that `author` sent with that `clientID`, if there is one.
  static func posted(by author: User.ID, clientID: String, in db: Database) throws -> ID? {
    try ID.fetchOne(
      db.cachedStatement(sql: "SELECT id FROM message WHERE author_id = ? AND client_id = ?"),
      arguments: [author, clientID])
  }
}
