import Web

/// A message as HTML: the same bytes for every viewer, in a page and in an event.
struct MessageFragment: Sendable {
  let templates: Templates

  func html(_ message: Message) -> String {
    let time = Timestamp(message.createdAt)
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
          View([
            "name": image.name, "width": image.width, "height": image.height, "missing": image.isMissing,
            "alt": image.alt.isEmpty ? "Image from \(message.author.fullName)" : image.alt,
          ])
        },
        "iso": time.iso,
        "time": time.clock,
      ]))
  }
}
