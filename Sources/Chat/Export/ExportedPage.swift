import Web

/// Messages that stand together in one file, oldest first.
struct ExportedPage: Sendable {
  /// The most of them, read at once.
  static let size = 200

  /// From 1.
  let number: Int
  let messages: [Message]
  let hasNext: Bool
  /// The names of images whose file is not there.
  var missing: Set<String> = []

  /// The path of an image's file, unless that is missing.
  func file(of image: Attachment) -> String? { missing.contains(image.name) ? nil : "images/\(image.name)" }

  /// `Messages 201 to 400.`
  var range: Sentence {
    guard !messages.isEmpty else { return Sentence("No messages.") }
    let first = (number - 1) * Self.size + 1
    let last = first + messages.count - 1
    return Sentence("Messages {first} to {last}.", ["first": first, "last": last])
  }

  func json(in language: Language) -> [ExportJSON.Message] {
    messages.map { message in
      ExportJSON.Message(
        id: message.id, author: .init(message.author, in: language), sentAt: Timestamp(message.createdAt).iso,
        text: message.line == nil ? message.text : "",
        line: message.line.map { language.text($0.sentence(by: message.author, text: message.text)) },
        editedAt: message.editedAt.map { Timestamp($0).iso }, replyTo: message.quote?.message,
        reactions: message.reactions.isEmpty
          ? nil : message.reactions.map { .init(emoji: $0.emoji.shown, users: $0.users) },
        images: message.attachments.map { image in
          ExportJSON.Image(
            file: file(of: image), mediaType: image.mediaType, width: image.size?.width,
            height: image.size?.height,
            bytes: image.bytes, alt: image.alt)
        })
    }
  }
}
