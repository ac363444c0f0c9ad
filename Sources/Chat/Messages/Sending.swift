import Foundation
import GRDB
import HTTPTypes
import Hummingbird
import Web

/// The composer's form.
struct Sending: Feature {
  static let routes: [Route<Sending>] = [
    .post(
      "/people/{person}/messages", limit: .sending, files: images, first: admit, submit, tooMany: tooFast),
    .post(
      "/conversations/{conversation}/messages", limit: .sending, files: images, first: admit, submit,
      tooMany: tooFast),
  ]

  let database: ChatDatabase
  let pages: ChatPages
  let board: PresenceBoard
  let fragments: Fragments
  let uploads: Uploads

  /// Its text can be 5,000 scalars of four bytes, each as three characters in the form's encoding.
  private static let images = FileForm(textBytes: 128 << 10, most: Uploads.maximumFiles)

  /// No file is taken in for nobody. Where text alone goes is looked up in the write.
  private func admit(_ context: SignedInContext) async throws {
    let (addressee, viewer) = (try Addressee(of: context), context.viewer.id)
    try await database.read { db in
      do { _ = try addressee.place(for: viewer, in: db) } catch ChatError.notFound {
        // What they wrote is not lost, see ``ChatPages/left(text:_:_:)``.
        guard try Membership.hasEnded(of: viewer, in: addressee, db: db) else { throw ChatError.notFound }
      }
    }
  }

  private func submit(
    _ fields: FormFields, _ request: Request, _ context: SignedInContext
  ) async throws -> Response {
    let answer = try Answer(fields, request, context)
    do {
      let taken = try await uploads.take(answer.composition.files)
      return try await send(answer.composition, taken, answer)
    } catch is StorageFailure {
      return try await refuse(answer, Refusal(Self.noImages, .serviceUnavailable, retryAfter: 10))
    }
  }

  private func send(
    _ composition: Composition, _ taken: Uploads.Taken, _ answer: Answer
  ) async throws -> Response {
    let (viewer, addressee) = (answer.viewer, answer.addressee)
    if let refusal = refusal(of: composition, taken) {
      return try await refuse(answer, refusal, taken)
    }
    do {
      let text = try MessageText(composition.text, mayBeEmpty: composition.hasFiles)
      let now = Date.now.milliseconds
      let posting = Posting(
        text: text, attachments: composition.attachments(taken.images), clientID: composition.clientID,
        chosen: composition.mentioned, replyTo: composition.replyTo, quoted: composition.quoted
      ) { [uploads] author, db in try uploads.checkQuota(taken.images, of: author, in: db) }
      let posted = try await database.write(as: answer.context.session) { db in
        try posting.post(by: viewer, to: addressee, at: now, in: db)
      } inHand: { posted in
        posted.event.map { ($0, posted.content) }
      }
      // A message that was sent before has its images already.
      let used = Set(posted.content.message.attachments.map(\.name))
      await uploads.remove(taken.images.map(\.name).filter { !used.contains($0) })
      guard answer.request.wantsFragment else {
        let cookie = MarkingModules.takeBack(for: answer.request)
        return .seeOther(
          "/conversations/\(posted.content.conversation.id)#newest",
          headers: cookie.map { [.setCookie: $0] } ?? [:])
      }
      // What the stream brings too, so that any order or repetition of the two ends in the same page.
      let language = pages.layout.language(of: answer.request)
      let html = posted.content.html(for: viewer, fragments.said(in: language)) { [board] in
        board.isOnline($0, seenBy: viewer)
      }
      return .html(html ?? "")
    } catch GroupRefusal.left {
      await uploads.remove(taken.images.map(\.name))
      return pages.layout.unsent(
        answer.composition.text, title: Sentence("Not sent"), GroupRefusal.left.sentence,
        to: answer.request, status: GroupRefusal.left.status)
    } catch let error as GroupRefusal {
      return try await refuse(answer, Refusal(error.sentence, error.status), taken)
    } catch let error as any SentenceError {
      return try await refuse(answer, Refusal(error.sentence), taken)
    } catch let error as DatabaseError where error.meansUnwritable {
      answer.context.logger.error("A message was not stored", metadata: ["error": "\(error.resultCode)"])
      return try await refuse(answer, Refusal(Self.noMessages, .serviceUnavailable, retryAfter: 10), taken)
    } catch is Writer.Busy {
      return try await refuse(answer, Refusal(Self.busy, .serviceUnavailable, retryAfter: 2), taken)
    } catch {
      await uploads.remove(taken.images.map(\.name))
      throw error
    }
  }
}
