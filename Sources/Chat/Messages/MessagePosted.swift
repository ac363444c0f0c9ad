import GRDB
import Web

/// `subject` is the message. Its fragment adds the message and puts the conversation's row in front.
struct MessagePosted: EventKind {
  static let name = "message.posted"

  let message: Message
  let conversation: Conversation
  /// The other one than the author, in a direct conversation.
  let other: User?
  /// Of the author's messages in a direct conversation, see ``Receipts``: where it was sent before, it may have been read.
  var readThrough: Message.ID = 0
  /// Those who do not see what it answers.
  var unseeing: Set<User.ID> = []

  static func load(_ event: Event, in db: Database) throws -> MessagePosted? {
    guard let message = try Message.find(event.subject, in: db),
      let conversation = try Conversation.find(message.conversation, in: db)
    else { return nil }
    let other = try conversation.other(than: message.author.id).flatMap { try User.find($0, in: db) }
    return MessagePosted(
      message: message, conversation: conversation, other: other,
      unseeing: try message.quote.map { try Sight.unseeing($0.message, in: conversation.id, db: db) } ?? [])
  }

  /// A message's text stands in it twice, and a character that is escaped takes up to six.
  var byteCount: Int { 2_048 + 12 * message.text.utf8.count }

  /// In a direct conversation each has a row that shows the other one.
  var isShared: Bool { !conversation.isDirect && unseeing.isEmpty }

  func html(for reader: User.ID, _ fragments: Fragments, isOnline: (User.ID) -> Bool) -> String? {
    let row = row(for: reader)
    return fragments.posted(
      self, unseeing.contains(reader) ? message.hidingQuote : message, row,
      viewer: conversation.isDirect ? reader : nil,
      isOnline: row.person.map { isOnline($0.id) } ?? false)
  }

  func arrive(at hub: isolated StreamHub) {
    guard let other else { return }
    hub.watch([other.id], by: message.author.id)
    hub.watch([message.author.id], by: other.id)
  }

  /// What the newest message puts in the place of the row that was there, whose count stays the page's own.
  func row(for reader: User.ID) -> SidebarRow {
    SidebarRow(
      conversation: conversation.id,
      person: conversation.isDirect ? (reader == message.author.id ? other : message.author) : nil,
      group: conversation.name.map {
        .init(name: $0, picture: conversation.picture, faces: conversation.faces)
      },
      newest: .init(message))
  }
}

extension Fragments {
  /// In a talk of two its author is told that it was sent.
  private func sent(_ posted: MessagePosted, _ message: Message) -> String {
    let receipts = Receipts(
      conversation: message.conversation, author: message.author.id, readThrough: posted.readThrough)
    return receipts.html(message, html(message), self)
  }

  fileprivate func posted(
    _ posted: MessagePosted, _ message: Message, _ row: SidebarRow, viewer: User.ID?, isOnline: Bool
  ) -> String {
    let view = View([
      "key": posted.conversation.key,
      "message": viewer == message.author.id ? sent(posted, message) : html(message),
      "row": html(row, viewer: viewer, isOnline: isOnline),
    ])
    return render("fragments/posted", view)
  }
}
