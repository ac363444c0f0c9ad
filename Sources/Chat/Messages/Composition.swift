import Foundation
import Web

/// What came in the composer's form, before it is a message.
struct Composition: Sendable {
  /// An image that was uploaded with an earlier try and kept.
  struct Draft: Sendable {
    let name: String
    let alt: String
  }

  let text: String
  let clientID: String?
  let kept: [Draft]
  /// Whom their author chose from a list of members, one after the other.
  let mentioned: [User.ID]
  /// The message that it answers, and what of that was selected.
  let replyTo: Message.ID?
  let quoted: String
  let files: [ReceivedFile]
  /// One for each of ``files``.
  let alts: [String]
  let stop: FormFields.Stop?

  /// - Throws: ``ChatError/malformed`` for a `clientId` that is neither empty nor a UUID.
  init(_ fields: FormFields) throws {
    text = fields["text"]
    let id = fields["clientId"]
    clientID = try id.isEmpty ? nil : UUID(uuidString: id)?.uuidString ?? { throw ChatError.malformed }()
    let alts = fields.all("alt")
    var kept: [Draft] = []
    for name in fields.all("kept") where !kept.contains(where: { $0.name == name }) {
      kept.append(Draft(name: name, alt: fields["alt-" + name]))
    }
    self.kept = kept
    mentioned = fields.all("mention").prefix(Mention.most).compactMap { User.ID($0) }
    replyTo = Message.ID(fields["replyTo"])
    quoted = String(fields["quote"].prefix(Self.mostQuoted))
    files = fields.files.filter { $0.field == "images" }
    self.alts = files.indices.map { $0 < alts.count ? alts[$0] : "" }
    stop = fields.stop
  }

  /// How many characters of what was selected are looked for.
  private static let mostQuoted = 500

  var hasFiles: Bool { !kept.isEmpty || !files.isEmpty }

  /// Why not all of it was read, as a sentence; nil where it was.
  var stopSentence: Sentence? {
    switch stop {
    case nil:
      kept.count + files.count > Uploads.maximumFiles ? Self.tooMany : nil
    case .tooManyFiles: Self.tooMany
    case .fileTooLarge(let name): ImageRefusal.tooLarge(name).sentence
    case .tooLarge: Sentence("Those images are over 40 MiB in total. Send some of them in another message.")
    case .quotaReached: Uploads.QuotaReached().sentence
    case .tooManyUploads:
      Sentence("Your other images are still uploading. Send these when they are done.")
    case .notStored: Sending.noImages
    }
  }

  private static let tooMany = Sentence(
    "A message can have up to 10 images. Send the others in another message.")

  /// The attachments of the message, the kept ones first.
  func attachments(_ stored: [StoredImage]) -> [NewAttachment] {
    kept.map { NewAttachment(.draft(name: $0.name), alt: $0.alt) }
      + zip(stored, alts).map { NewAttachment(.stored($0), alt: $1) }
  }

  /// Those of its images that were taken, with what was written of them.
  func drafts(_ taken: Uploads.Taken) -> [(image: StoredImage, alt: String)] {
    let refused = Set(taken.refused.map(\.place))
    let goodAlts = alts.indices.filter { !refused.contains($0) }.map { alts[$0] }
    return Array(zip(taken.images, goodAlts))
  }
}
