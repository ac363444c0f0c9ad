import Foundation
import HTTPTypes
import Hummingbird
import Web

/// What is said when a message is not taken, and what is kept of it.
extension Sending {
  static let noImages = Sentence(
    "The server cannot store images at the moment. Keep this page open and try again soon.")
  static let noMessages = Sentence(
    "The server cannot store messages at the moment. Keep this page open and try again soon.")
  static let busy = Sentence("A lot of people are writing at the moment. Try again.")

  /// Where an answer goes and what it is about.
  struct Answer {
    let request: Request
    let context: SignedInContext
    let addressee: Addressee
    let composition: Composition

    /// - Throws: ``ChatError``.
    init(_ fields: FormFields, _ request: Request, _ context: SignedInContext) throws {
      self.request = request
      self.context = context
      addressee = try Addressee(of: context)
      composition = try Composition(fields)
    }

    var viewer: User.ID { context.viewer.id }
  }

  struct Refusal {
    let sentence: Sentence
    let status: HTTPResponse.Status
    let headers: HTTPFields
    /// The places of the images that are to blame.
    var images: [Int] = []

    init(_ sentence: Sentence, _ status: HTTPResponse.Status = .unprocessableContent, retryAfter: Int? = nil)
    {
      self.sentence = sentence
      self.status = status
      headers = retryAfter.map { [.retryAfter: String($0)] } ?? [:]
    }
  }

  /// Before anything is stored.
  func tooFast(
    _ fields: FormFields, _ seconds: Int, _ request: Request, _ context: SignedInContext
  ) async throws -> Response {
    let sentence = Sentence(
      "You are writing very fast. Wait {time}, then send it again.", ["time": Wait(seconds).words])
    let refusal = Refusal(sentence, .tooManyRequests, retryAfter: seconds)
    return try await refuse(try Answer(fields, request, context), refusal)
  }

  /// What keeps a message from being sent before the database is asked.
  func refusal(of composition: Composition, _ taken: Uploads.Taken) -> Refusal? {
    if let sentence = composition.stopSentence {
      var refusal =
        switch composition.stop {
        case .notStored: Refusal(sentence, .serviceUnavailable, retryAfter: 10)
        case .tooManyUploads: Refusal(sentence, .tooManyRequests, retryAfter: 5)
        case .quotaReached: Refusal(sentence)
        default: Refusal(sentence, .contentTooLarge)
        }
      if case .fileTooLarge = composition.stop { refusal.images = [composition.files.count] }
      return refusal
    }
    if !taken.refused.isEmpty {
      var refusal = Refusal(.sequence(taken.refused.map(\.sentence)))
      refusal.images = taken.refused.map(\.place)
      return refusal
    }
    return nil
  }

  /// Answers with the composer as it was. Modules still hold the images; for other browsers those that are
  /// good are kept here, as drafts.
  func refuse(
    _ answer: Answer, _ refusal: Refusal, _ taken: Uploads.Taken = .init()
  ) async throws -> Response {
    var refused = ComposerView.Refused(
      text: answer.composition.text, sentence: refusal.sentence, images: refusal.images,
      replyTo: answer.composition.replyTo, status: refusal.status, headers: refusal.headers)
    let (addressee, kept, viewer) = (answer.addressee, answer.composition.kept, answer.viewer)
    let place: ChatView.Place
    let drafts: [Composition.Draft]
    do {
      (place, drafts) = try await database.read { db in
        (
          try addressee.place(for: viewer, in: db),
          try kept.filter { try Attachment.isDraft($0.name, of: viewer, in: db) }
        )
      }
    } catch {
      await uploads.remove(taken.images.map(\.name))
      throw error
    }
    guard !answer.request.wantsFragment else {
      await uploads.remove(taken.images.map(\.name))
      return pages.composer(place, viewer: viewer, refused: refused, to: answer.request)
    }
    refused.kept = drafts + (await keep(answer.composition.drafts(taken), answer.context.session))
    return try await pages.show(answer.request, answer.context, refused: refused) { _ in place }
  }

  /// - Returns: those that were kept: none where nothing can be written, or no room is left.
  private func keep(
    _ drafts: [(image: StoredImage, alt: String)], _ session: Session
  ) async -> [Composition.Draft] {
    guard !drafts.isEmpty else { return [] }
    let owner = session.user.id
    do {
      let now = Date.now.milliseconds
      try await database.write(as: session) { [uploads, pages = database.pages] db in
        // Nobody else's page shows them.
        pages.tell(.only(owner))
        try uploads.checkQuota(drafts.map(\.image), of: owner, in: db)
        for draft in drafts {
          try Attachment.add(draft.image, .draft, of: owner, alt: draft.alt, at: now, in: db)
        }
      }
      return drafts.map { Composition.Draft(name: $0.image.name, alt: $0.alt) }
    } catch {
      await uploads.remove(drafts.map(\.image.name))
      return []
    }
  }
}
