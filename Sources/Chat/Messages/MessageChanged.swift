import GRDB
import Web

/// `subject` is the message, which shows something else now: it was edited, deleted, or is there again. Its fragment takes
/// the place of the message where a page has it, and of its line in the list, in answers and among the pins, and adds it
/// nowhere.
struct MessageChanged: EventKind {
  static let name = "message.changed"

  let message: Message
  let conversation: Conversation
  /// The other one than the author, in a direct conversation.
  let other: User?
  /// What the author is told of a direct conversation.
  let receipts: Receipts?
  /// Those who do not see what it answers.
  let unseeing: Set<User.ID>
  let pins: PinsChanged?
  /// The answers that show a stretch of it that was chosen.
  let quotes: [Message.ID: Quote]

  static func load(_ event: Event, in db: Database) throws -> MessageChanged? {
    try MessageChanged(event.subject, in: db)
  }

  init?(_ id: Message.ID, in db: Database) throws {
    guard let message = try Message.find(id, in: db),
      let conversation = try Conversation.find(message.conversation, in: db)
    else { return nil }
    self.message = message
    self.conversation = conversation
    other = try conversation.other(than: message.author.id).flatMap { try User.find($0, in: db) }
    receipts = try Receipts.of(conversation, for: message.author.id, in: db)
    unseeing = try message.quote.map { try Sight.unseeing($0.message, in: conversation.id, db: db) } ?? []
    pins = try Pin.has(id, in: db) ? PinsChanged(conversation, in: db) : nil
    quotes = try Quote.stretches(of: id, in: db)
  }

  var byteCount: Int { 2_048 + 12 * message.text.utf8.count + (pins?.byteCount ?? 0) }

  /// In a direct conversation each has a row that shows the other one.
  var isShared: Bool { !conversation.isDirect && unseeing.isEmpty && pins?.isShared != false }

  func arrive(at hub: isolated StreamHub) { hub.dropGathered(of: message.id) }

  func html(for reader: User.ID, _ fragments: Fragments, isOnline: (User.ID) -> Bool) -> String? {
    let shown = unseeing.contains(reader) ? message.hidingQuote : message
    var html = fragments.html(shown)
    if reader == message.author.id, let receipts { html = receipts.html(shown, html, fragments) }
    let isOwn = conversation.isDirect && reader == message.author.id
    let row = SidebarRow(
      conversation: conversation.id,
      person: conversation.isDirect ? (isOwn ? other : message.author) : nil,
      group: conversation.isDirect
        ? nil : .init(name: conversation.name ?? "", picture: conversation.picture),
      newest: .init(message))
    return fragments.render(
      "fragments/message-changed",
      View([
        "id": message.id, "message": html, "key": row.key,
        "line": Quote.Original(message).words, "pictures": message.attachments.map(\.name),
        "stretches": quotes.sorted { $0.key < $1.key }.map { answer, quote in
          View(["answer": answer, "line": quote.original?.words])
        },
      ]).adding(row.previewValues(viewer: conversation.isDirect ? reader : nil, in: fragments.language)))
      + (pins?.html(for: reader, fragments, isOnline: isOnline) ?? "")
  }
}
