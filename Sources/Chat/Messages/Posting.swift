import GRDB

/// The act of sending a message.
struct Posting: Sendable {
  let text: MessageText
  var attachments: [NewAttachment] = []
  /// The same one of the same author gives the first message again.
  var clientID: String?
  /// Whom its author chose from a list of members, one after the other: decides where several have the name that was
  /// typed.
  var chosen: [User.ID] = []
  /// The message that it answers, of the same conversation, and what of that one was selected, as it is read.
  var replyTo: Message.ID?
  var quoted = ""
  /// Called before the files of a message that is new are stored, with the author.
  var checkQuota: @Sendable (User.ID, Database) throws -> Void = { _, _ in }

  /// A message that was taken, now or the time before.
  struct Posted: Sendable {
    let content: MessagePosted
    /// Nil where it was taken before.
    let event: Event.ID?
  }

  /// Writes the message, its event, and the conversation's newest message.
  /// - Throws: ``ChatError/notFound`` for an addressee that the author may not see, ``GroupRefusal`` where they see it
  ///   but may not write, or did until now, ``ChatError/signedOut`` where
  ///   their own account went meanwhile, ``Conversation/Unread`` where the other one's did.
  func post(
    by author: User.ID, to addressee: Addressee, at now: Milliseconds, in db: Database
  ) throws -> Posted {
    guard let place = try Place.find(addressee, of: author, at: now, in: db) else {
      throw try Membership.hasEnded(of: author, in: addressee, db: db)
        ? GroupRefusal.left : ChatError.notFound
    }
    let mentions = try place.reading(chosen).map { try $0.mentions(in: text.text, db: db) } ?? []
    let id = try insert(place, mentions: mentions.count, at: now, in: db)
    guard let id else {
      guard let clientID, let id = try Message.posted(by: author, clientID: clientID, in: db),
        let message = try Message.find(id, in: db),
        let conversation = try Conversation.find(message.conversation, in: db)
      else { throw ChatError.notFound }
      let other = try conversation.other(than: author).flatMap { try User.find($0, in: db) }
      return Posted(
        content: MessagePosted(
          message: message, conversation: conversation, other: other,
          readThrough: try Receipts.of(conversation, for: author, in: db)?.readThrough ?? 0), event: nil)
    }
    let conversation = place.conversation
    let quote = try answer(with: id, by: author, in: conversation, db: db)
    if !attachments.isEmpty { try checkQuota(author, db) }
    for (position, attachment) in attachments.enumerated() {
      try attachment.attach(to: id, of: author, position: position, at: now, in: db)
    }
    for (position, mention) in mentions.enumerated() {
      try mention.store(of: id, position: position, in: conversation.id, db: db)
    }
    let event = try Event.append(
      MessagePosted.self, audience: .members(of: conversation.id), subject: id, message: id,
      at: place.time(now), in: db)
    try db.cachedStatement(sql: "UPDATE conversation SET newest_message_id = ? WHERE id = ?")
      .execute(arguments: [id, conversation.id])
    try ReadMark.take(along: author, past: id, in: conversation.id, db: db)
    var message = Message(
      id: id, conversation: conversation.id, author: place.author, text: text.text,
      createdAt: place.time(now),
      continues: place.continues(now),
      attachments: attachments.isEmpty ? [] : try Attachment.all(of: id, in: db), mentions: mentions)
    message.quote = quote
    let unseeing = try quote.map { try Sight.unseeing($0.message, in: conversation.id, db: db) } ?? []
    return Posted(
      content: MessagePosted(
        message: message, conversation: conversation, other: place.other, unseeing: unseeing), event: event)
  }

  /// What is no longer there, or was never in sight, is answered as something that is gone.
  private func answer(
    with id: Message.ID, by author: User.ID, in conversation: Conversation, db: Database
  ) throws -> Quote? {
    guard let replyTo, let answered = try Message.find(replyTo, visibleTo: author, in: db),
      answered.conversation == conversation.id, answered.line == nil
    else { return nil }
    let stretch = Quote.Stretch(of: quoted, in: Markup(answered.text).plain) ?? .init()
    try db.cachedStatement(
      sql: "UPDATE message SET reply_to = ?, quote_start = ?, quote_length = ? WHERE id = ?"
    ).execute(arguments: [replyTo, stretch.start, stretch.length, id])
    return try Quote.all(of: [id: (replyTo, stretch)], in: db)[id]
  }

  /// - Returns: nil where the author has sent it before.
  private func insert(_ place: Place, mentions: Int, at now: Milliseconds, in db: Database) throws -> Message
    .ID?
  {
    try place.checkIsTaken(unless: clientID, in: db)
    try db.cachedStatement(
      sql: """
        INSERT INTO message
          (conversation_id, author_id, text, created_at, continues, client_id, attachment_count, mention_count)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (author_id, client_id) DO NOTHING
        """
    ).execute(arguments: [
      place.conversation.id, place.author.id, text.text, place.time(now), place.continues(now), clientID,
      attachments.count, mentions,
    ])
    return db.changesCount > 0 ? db.lastInsertedRowID : nil
  }

  /// Where it goes, with all that the message needs of it, in one read.
  private struct Place {
    let conversation: Conversation
    let author: User
    let other: User?
    let newest: (author: User.ID, time: Milliseconds)?
    /// Whether no line of a group stands behind the newest message.
    let isLast: Bool
    let mayWrite: Bool
    let mayMeanAll: Bool

    /// - Returns: nil in a talk of two, where it is clear who is meant.
    func reading(_ chosen: [User.ID]) -> MentionReading? {
      conversation.isDirect
        ? nil : MentionReading(group: conversation.id, chosen: chosen, mayMeanAll: mayMeanAll)
    }

    /// - Returns: nil where the author is not in it. A direct conversation is made where there is none.
    static func find(
      _ addressee: Addressee, of author: User.ID, at now: Milliseconds, in db: Database
    ) throws -> Place? {
      switch addressee {
      case .conversation(let id): return try find("conversation.id = ?2", [author, id], in: db)
      case .person(let other):
        guard other != author else { return nil }
        let key = Conversation.directKey(author, other)
        if let place = try find("conversation.direct_key = ?2", [author, key], in: db) { return place }
        guard let user = try User.find(other, in: db) else { return nil }
        guard !user.isDeleted else { throw Conversation.Unread() }
        _ = try Conversation.openDirect(author, other, at: now, in: db)
        return try find("conversation.direct_key = ?2", [author, key], in: db)
      }
    }

    private static func find(
      _ condition: String, _ arguments: StatementArguments, in db: Database
    ) throws -> Place? {
      try Row.fetchOne(
        db.cachedStatement(
          sql: """
            SELECT \(Conversation.columns), \(User.columns("author")), \(User.columns("other")),
              newest.author_id AS newest_author_id, newest.created_at AS newest_created_at,
              newest.id = (SELECT max(id) FROM message WHERE conversation_id = conversation.id) AS is_last,
              conversation.writers = 'everyone' OR member.role = 'administrator' AS may_write,
              conversation.member_count <= \(Mention.mostForEveryone) OR member.role = 'administrator' AS may_mean_all
            FROM conversation
            JOIN member ON member.conversation_id = conversation.id AND member.user_id = ?1
            JOIN user AS author ON author.id = ?1
            LEFT JOIN member AS partner ON conversation.kind = 'direct'
              AND partner.conversation_id = conversation.id AND partner.user_id <> ?1
            LEFT JOIN user AS other ON other.id = partner.user_id
            LEFT JOIN message AS newest ON newest.id = conversation.newest_message_id
            WHERE \(condition)
            """), arguments: arguments
      ).map { row in
        Place(
          conversation: try Conversation(row).withFaces(in: db), author: User(row, "author"),
          other: User(optional: row, "other"),
          newest: (row["newest_author_id"] as User.ID?).map { ($0, row["newest_created_at"]) },
          isLast: row["is_last"] ?? false, mayWrite: row["may_write"],
          mayMeanAll: row["may_mean_all"])
      }
    }

    /// No message is older than the one before it.
    func time(_ now: Milliseconds) -> Milliseconds { max(now, newest?.time ?? now) }

    func continues(_ now: Milliseconds) -> Bool {
      newest.map { isLast && $0.author == author.id && time(now) - $0.time < Message.continuationTime }
        ?? false
    }

    /// - Parameter clientID: of a message that may have been sent before, when it was read.
    func checkIsTaken(unless clientID: String?, in db: Database) throws {
      guard author.isDeleted || other?.isDeleted == true || !mayWrite else { return }
      if let clientID, try Message.posted(by: author.id, clientID: clientID, in: db) != nil { return }
      guard !author.isDeleted else { throw ChatError.signedOut }
      guard mayWrite else { throw GroupRefusal.onlyAdministratorsWrite }
      throw Conversation.Unread()
    }
  }
}
