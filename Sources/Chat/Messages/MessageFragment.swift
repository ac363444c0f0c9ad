import Web

/// A message as HTML: the same bytes for every viewer of a language, in a page and in an event, but for the clock that
/// a page tells the time by. What was rendered is kept for the next one who asks.
struct MessageFragment: Sendable {
  /// About as many messages as this has kilobytes.
  private static let keptBytes = 8 << 20

  private let templates: Templates
  private let writer: MarkupHTML
  private let kept = BoundedCache<Shown, String>(maximumBytes: keptBytes)

  /// - Parameter origin: where the server is found, as far as it is known.
  init(templates: Templates, origin: Origin?) {
    self.templates = templates
    writer = MarkupHTML(origin: origin)
  }

  func html(_ message: Message, for reader: Reader) -> String {
    let shown = Shown(message, reader)
    if let html = kept.value(for: shown) { return html }
    let html =
      message.line.map { render($0, of: message, for: reader) }
      ?? templates.render("fragments/message", shown.view(writer), in: reader.language)
    kept.keep(html, for: shown, bytes: html.utf8.count + message.keptBytes)
    return html
  }

  private func render(_ line: GroupLine, of message: Message, for reader: Reader) -> String {
    let time = Timestamp(message.createdAt, reader.clock)
    let parts = line.parts(by: message.author, text: message.text, in: reader.language).map { part in
      switch part {
      case .text(let text): View(["text": text, "userID": nil, "name": nil])
      case .name(let user): View(["text": nil, "userID": user.id, "name": user.name])
      }
    }
    let view = View([
      "id": message.id, "parts": parts, "iso": time.iso, "time": time.clock, "utc": reader.clock.zone == nil,
    ])
    return templates.render("fragments/group-line", view, in: reader.language)
  }

  /// All that the fragment shows, and what it is kept under: so a change of any of it, such as the author's
  /// name, can never bring up what was rendered before.
  private struct Shown: Hashable {
    let id: Message.ID
    let author: User
    let text: String
    let images: [Attachment]
    let continues: Bool
    let createdAt: Milliseconds
    let line: GroupLine?
    let mentions: [Mention]
    let isEdited: Bool
    let deletedBy: Message.Deleter?
    let quote: Quote?
    let reactions: [Reaction]
    let reader: Reader

    init(_ message: Message, _ reader: Reader) {
      id = message.id
      author = message.author
      text = message.text
      images = message.attachments
      continues = message.continues
      createdAt = message.createdAt
      line = message.line
      mentions = message.mentions
      isEdited = message.editedAt != nil
      deletedBy = message.deletedBy
      quote = message.quote
      reactions = message.reactions
      self.reader = reader
    }

    func view(_ writer: MarkupHTML) -> View {
      let time = Timestamp(createdAt, reader.clock)
      let mentions = Mention.standing(mentions, in: text.unicodeScalars.count)
      let markup = Markup(text, mentions: mentions.map(\.range))
      return View([
        "id": id,
        "authorID": author.id,
        "authorName": author.name,
        "picture": author.picture,
        "initials": author.initials,
        "colour": Avatar.colour(of: author.id),
        "continues": continues,
        "html": writer.html(markup, mentions: mentions, in: reader.language),
        "box": markup.hasBlocks ? "div" : "span",
        "deleted": isDeleted ? deletedBy?.sentence ?? Message.deletedText : nil,
        "edited": isEdited && !isDeleted,
        "quote": quote.map { view(of: $0) },
        "any": !reactions.isEmpty,
        "reactions": reactions.map(\.view),
        "large": EmojiText.isAll(of: text),
        "images": images.compactMap { image in image.size.map { view(of: image, $0) } },
        "iso": time.iso,
        "time": time.clock,
        "date": time.inFull,
        "utc": reader.clock.zone == nil,
      ])
    }

    private var isDeleted: Bool { text.isEmpty && images.isEmpty }

    private func view(of quote: Quote) -> View {
      View([
        "message": quote.message,
        "original": quote.original.map { original in
          View([
            "authorID": original.author.id, "name": original.author.name,
            "colour": Avatar.colour(of: original.author.id), "line": original.words,
          ])
        },
      ])
    }

    private func view(of image: Attachment, _ size: Attachment.Size) -> View {
      // Of an image that keeps its shape within the limits of the style sheet, in CSS pixels: what the page
      // keeps free until it has come.
      let (width, height) = (Double(max(1, size.width)), Double(max(1, size.height)))
      let scale = min(1, 320 / width, 424 / height)
      return View([
        "name": image.name, "missing": image.isMissing,
        "width": max(1, Int((width * scale).rounded())), "height": max(1, Int((height * scale).rounded())),
        "alt": image.words(by: author),
      ])
    }
  }
}

extension Message {
  /// About what it takes in memory.
  var keptBytes: Int {
    512 + text.utf8.count + attachments.count * 512 + (quote?.original.map { 512 + $0.text.utf8.count } ?? 0)
      + reactions.reduce(0) { $0 + 256 + 8 * $1.users.count }
  }
}
