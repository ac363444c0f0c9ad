import Web

/// A message as HTML: the same bytes for every viewer of a language, in a page and in an event, but for the clock that
/// a page tells the time by. What was rendered is kept for the next one who asks.
struct MessageFragment: Sendable {
  /// About as many messages as this has kilobytes.
  private static let keptBytes = 8 << 20

  private let templates: Templates
  private let kept = BoundedCache<Shown, String>(maximumBytes: keptBytes)

  init(templates: Templates) { self.templates = templates }

  func html(_ message: Message, for reader: Reader) -> String {
    let shown = Shown(message, reader)
    if let html = kept.value(for: shown) { return html }
    let html = templates.render("fragments/message", shown.view, in: reader.language)
    kept.keep(html, for: shown, bytes: html.utf8.count + message.text.utf8.count + 512)
    return html
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
    let reader: Reader

    init(_ message: Message, _ reader: Reader) {
      id = message.id
      author = message.author
      text = message.text
      images = message.attachments
      continues = message.continues
      createdAt = message.createdAt
      self.reader = reader
    }

    var view: View {
      let time = Timestamp(createdAt, reader.clock)
      return View([
        "id": id,
        "authorID": author.id,
        "authorName": author.name,
        "picture": author.picture,
        "initials": author.initials,
        "colour": Avatar.colour(of: author.id),
        "continues": continues,
        "text": text,
        "deleted": text.isEmpty && images.isEmpty ? Message.deletedText : nil,
        "large": EmojiText.isAll(of: text),
        "images": images.compactMap { image in image.size.map { view(of: image, $0) } },
        "iso": time.iso,
        "time": time.clock,
        "utc": reader.clock.zone == nil,
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
