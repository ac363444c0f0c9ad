import Web

/// A message as HTML: the same bytes for every viewer, in a page and in an event, but for the clock that a page
/// tells the time by.
struct MessageFragment: Sendable {
  let templates: Templates

  func html(_ message: Message, _ reader: Clock = .utc) -> String {
    let time = Timestamp(message.createdAt, reader)
    return templates.render(
      "fragments/message",
      View([
        "id": message.id,
        "authorID": message.author.id,
        "authorName": message.author.fullName,
        "picture": message.author.picture,
        "initials": message.author.initials,
        "colour": Avatar.colour(of: message.author.id),
        "continues": message.continues,
        "text": message.text,
        "deleted": message.isDeleted ? Message.deletedText : nil,
        "large": EmojiText.isAll(of: message.text),
        "images": message.images.map { image in
          let shown = Self.shown(image.width, image.height)
          return View([
            "name": image.name, "width": shown.width, "height": shown.height, "missing": image.isMissing,
            "alt": image.alt.isEmpty ? "Image from \(message.author.fullName)" : image.alt,
          ])
        },
        "iso": time.iso,
        "time": time.clock,
        "utc": reader.zone == nil,
      ]))
  }

  /// Of an image that keeps its shape within the limits of the style sheet, in CSS pixels: what the page keeps
  /// free until it has come.
  private static func shown(_ width: Int, _ height: Int) -> (width: Int, height: Int) {
    let scale = min(1, 320 / Double(max(1, width)), 424 / Double(max(1, height)))
    return (max(1, Int((Double(width) * scale).rounded())), max(1, Int((Double(height) * scale).rounded())))
  }
}
