import GRDB
import Web

/// An image that is about to become part of a message: just stored, or kept from an earlier try.
struct NewAttachment: Sendable {
  enum Source: Sendable {
    case stored(StoredImage)
    case draft(name: String)
  }

  /// The most Unicode scalars of an alternative text.
  static let altScalars = 500

  let source: Source
  let alt: String

  init(_ source: Source, alt: String) {
    self.source = source
    let line = alt.split(whereSeparator: \.isWhitespace).joined(separator: " ").replacing(
      "\0", with: "\u{FFFD}")
    self.alt = String(String.UnicodeScalarView(line.unicodeScalars.prefix(Self.altScalars)))
  }

  /// The image that was kept is not there any more, or was sent meanwhile.
  struct Gone: SentenceError {
    let sentence = Sentence("The image you chose is no longer here. Choose it again.")
  }

  /// - Throws: ``Gone``.
  func attach(
    to message: Message.ID, of author: User.ID, position: Int, at now: Milliseconds, in db: Database
  ) throws {
    switch source {
    case .stored(let image):
      try Attachment.add(
        image, .message, of: author, message: message, position: position, alt: alt, at: now, in: db)
    case .draft(let name):
      guard
        try Attachment.attach(
          draft: name, of: author, to: message, position: position, alt: alt, in: db)
      else { throw Gone() }
    }
  }
}
