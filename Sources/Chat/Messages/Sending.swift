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
  let live: Live
  let renderer: EventRenderer
  let uploads: Uploads

  /// Its text can be 5,000 scalars of four bytes, each as three characters in the form's encoding.
  private static let images = FileForm(textBytes: 128 << 10, most: Uploads.maximumImages)

  /// No file is taken in for nobody. Where text alone goes is looked up in the write.
  private func admit(_ context: SignedInContext) async throws {
    let (addressee, viewer) = (try Addressee(of: context), context.viewer.id)
    _ = try await database.read { try addressee.place(for: viewer, in: $0) }
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
      let text = try MessageText(composition.text, mayBeEmpty: composition.hasImages)
      let images = composition.images(taken.images)
      let now = Date.now.milliseconds
      let sent = try await database.write(as: answer.context.session) { [uploads] db -> Sent? in
        guard let conversation = try addressee.open(for: viewer, at: now, in: db) else { return nil }
        let isRepeated = try composition.clientID.map {
          try Message.posted(by: viewer, clientID: $0, in: db) != nil
        }
        if isRepeated != true {
          try conversation.checkIsRead(from: viewer, in: db)
          try uploads.checkQuota(taken.images, of: viewer, in: db)
        }
        let message = try Message.post(
          text, images: images, by: viewer, in: conversation, clientID: composition.clientID, at: now, in: db)
        return try message.flatMap { try Sent($0, viewer: viewer, in: db) }
      }
      // A message that was sent before has its images already.
      let used = Set(sent?.message.images.map(\.name) ?? [])
      await uploads.remove(taken.images.map(\.name).filter { !used.contains($0) })
      guard let sent else { throw ChatError.notFound }
      guard answer.request.wantsFragment else {
        return .seeOther("/conversations/\(sent.conversation.id)#newest")
      }
      return .html(await html(sent, viewer: viewer))
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

  /// A message that was taken, and its sender's row.
  private struct Sent: Sendable {
    let message: Message
    let conversation: Conversation
    let row: SidebarRow

    init?(_ message: Message, viewer: User.ID, in db: Database) throws {
      guard let conversation = try Conversation.find(message.conversation, in: db) else { return nil }
      self.message = message
      self.conversation = conversation
      row = try .news(message, in: conversation, for: viewer, db: db)
    }
  }

  /// What the stream brings too, so that any order or repetition of the two ends in the same page.
  private func html(_ sent: Sent, viewer: User.ID) async -> String {
    let isOnline =
      if let person = sent.row.person { await live.isOnline(person.id, seenBy: viewer) } else { false }
    return renderer.fragments.posted(
      messageHTML: renderer.messages.html(sent.message), conversationKey: sent.conversation.key,
      row: sent.row, viewer: viewer, isOnline: isOnline)
  }
}
