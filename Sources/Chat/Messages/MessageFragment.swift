import Web

/// A message as HTML: the same bytes for every viewer, in a page and in an event, but for the clock that a page
/// tells the time by. What was rendered is kept for the next one who asks.
struct MessageFragment: Sendable {
  /// About as many messages as this has kilobytes.
  private static let keptBytes = 8 << 20

  private let templates: Templates
  private let kept = BoundedCache<Shown, String>(maximumBytes: keptBytes)

  init(templates: Templates) { self.templates = templates }

  func html(_ message: Message, _ reader: Clock = .utc) -> String {
    let shown = Shown(message, reader)
    if let html = kept.value(for: shown) { return html }
    let html = templates.render("fragments/message", shown.view)
    kept.keep(html, for: shown, bytes: html.utf8.count + message.text.utf8.count + 512)
    return html
  }

  /// All that the fragment shows, and what it is kept under: so a change of any of it, such as the author's
  /// name, can never bring up what was rendered before.
  private struct Shown: Hashable {
    let id: Message.ID
    let author: User.ID
    let authorName: String
    let picture: String?
    let isAuthorDeleted: Bool
    let text: String
    let images: [Attachment]
    let continues: Bool
    let createdAt: Milliseconds
    let reader: Clock

    init(_ message: Message, _ reader: Clock) {
      id = message.id
      author = message.author.id
      authorName = message.author.fullName
      picture = message.author.picture
      isAuthorDeleted = message.author.isDeleted
      text = message.text
      images = message.attachments
      continues = message.continues
      createdAt = message.createdAt
      self.reader = reader
    }

    var view: View {
      let time = Timestamp(createdAt, reader)
      return View([
        "id": id,
        "authorID": author,
        "authorName": authorName,
        "picture": picture,
        "initials": isAuthorDeleted ? "" : Avatar.initials(of: authorName),
        "colour": Avatar.colour(of: author),
        "continues": continues,
        "text": text,
        "deleted": text.isEmpty && images.isEmpty ? Message.deletedText : nil,
        "large": EmojiText.isAll(of: text),
        "images": images.compactMap { image in image.size.map { view(of: image, $0) } },
        "iso": time.iso,
        "time": time.clock,
        "utc": reader.zone == nil,
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
        "alt": image.alt.isEmpty ? "Image from \(authorName)" : image.alt,
      ])
    }
  }
}
