import Foundation
import GRDB
import HTTPTypes
import Hummingbird
import Web

/// `/profile`: one's picture, name and e-mail.
struct Profile: Feature {
  static let routes: [Route<Profile>] = [
    .get("/profile", page), .post("/profile", limit: .profile, files: picture, submit, tooMany: tooMany),
  ]

  let database: ChatDatabase
  let layout: PageLayout
  let uploads: Uploads

  private static let picture = FileForm(textBytes: 16 << 10, most: 1, replaced: .picture)

  private static let saved = Sentence("Your profile is saved.")

  /// It is shown small, beside every message.
  private static let maximumPicturePixels = 4_000_000

  private func page(_ request: Request, _ context: SignedInContext) async throws -> Response {
    var answers = Answers()
    answers.isSaved = FormFields(query: request.uri.query).contains("saved")
    return try await answer(request, context, answers)
  }

  /// A good picture is kept also where the name is refused, since it cannot be shown again in a form.
  private func submit(
    _ fields: FormFields, _ request: Request, _ context: SignedInContext
  ) async throws -> Response {
    var answers = Answers()
    answers.name = fields["fullName"]
    var change = Change()
    do throws(FullName.Refusal) { change.name = try FullName(fields["fullName"]) } catch {
      answers.nameError = error.sentence
    }
    do {
      if let stop = fields.stop { throw PictureRefusal(stop) }
      if fields.contains("removePicture") {
        change.picture = .none
      } else {
        let taken = try await uploads.take(
          fields.files.filter { $0.field == "picture" }, maximumPixels: Self.maximumPicturePixels)
        if let refused = taken.refused.first { throw PictureRefusal(sentence: refused.sentence) }
        change.picture = taken.images.first.map { .some($0) } ?? .unchanged
      }
      try await apply(change, context.session)
    } catch let error as any SentenceError {
      answers.pictureError = error.sentence
    } catch is StorageFailure {
      answers.pictureError = PictureRefusal(.notStored).sentence
    }
    guard answers.nameError == nil, answers.pictureError == nil else {
      return try await answer(request, context, answers, status: .unprocessableContent)
    }
    guard request.wantsFragment else { return .seeOther("/profile?saved") }
    answers.name = nil
    answers.isSaved = true
    return try await answer(request, context, answers)
  }

  private func tooMany(
    _ fields: FormFields, _ seconds: Int, _ request: Request, _ context: SignedInContext
  ) async throws -> Response {
    var answers = Answers()
    answers.name = fields["fullName"]
    answers.nameError = Sentence(
      "That was a lot of changes. Wait {time}, then try again.", ["time": Wait(seconds).words])
    return try await answer(
      request, context, answers, status: .tooManyRequests, headers: [.retryAfter: String(seconds)])
  }

  /// What is to be another.
  private struct Change: Sendable {
    enum Picture: Sendable {
      case unchanged, none
      case some(StoredImage)
    }

    var name: FullName?
    var picture = Picture.unchanged
  }

  private struct PictureRefusal: SentenceError {
    let sentence: Sentence

    init(sentence: Sentence) { self.sentence = sentence }

    init(_ stop: FormFields.Stop) {
      sentence =
        switch stop {
        case .fileTooLarge(let name): ImageRefusal.tooLarge(name).sentence
        case .tooManyFiles, .tooLarge: Sentence("A profile picture is one image of up to 10 MiB.")
        case .quotaReached: Uploads.QuotaReached().sentence
        case .tooManyUploads:
          Sentence("Your other images are still uploading. Try again when they are done.")
        case .notStored: Sentence("The server cannot store pictures at the moment. Try again soon.")
        }
    }
  }

  /// - Throws: ``Uploads/QuotaReached``, or what keeps the database from being written.
  private func apply(_ change: Change, _ session: Session) async throws {
    let user = session.user.id
    let new: StoredImage? = if case .some(let image) = change.picture { image } else { nil }
    let now = Date.now.milliseconds
    do {
      let replaced = try await database.write(as: session) { [uploads] db -> [String] in
        guard let before = try User.find(user, in: db), !before.isDeleted else { throw ChatError.signedOut }
        var after = (name: before.fullName, picture: before.picture)
        if let name = change.name { after.name = name.text }
        switch change.picture {
        case .unchanged: break
        case .none: after.picture = nil
        case .some(let image): after.picture = image.name
        }
        guard after.name != before.fullName || after.picture != before.picture else { return [] }
        let old = before.picture == after.picture ? nil : before.picture
        if let old { try Attachment.delete(old, in: db) }
        if let new {
          try uploads.checkQuota([new], of: user, in: db)
          try Attachment.add(new, .picture, of: user, at: now, in: db)
        }
        try User.change(user, fullName: after.name, picture: after.picture, at: now, in: db)
        return [old].compactMap { $0 }
      }
      await uploads.remove(replaced)
    } catch {
      if let new { await uploads.remove([new.name]) }
      throw error
    }
  }

  private struct Answers {
    var name: String?
    var nameError: Sentence?
    var pictureError: Sentence?
    var isSaved = false
  }

  private func answer(
    _ request: Request, _ context: SignedInContext, _ answers: Answers,
    status: HTTPResponse.Status = .ok, headers: HTTPFields = [:]
  ) async throws -> Response {
    let id = context.viewer.id
    let (found, event) = try await database.read { db in
      (try User.profile(id, in: db), try Event.newest(visibleTo: id, in: db))
    }
    guard let found else { throw ChatError.notFound }
    let since = Timestamp(found.createdAt, context.session.clock)
    let name = FormField.fullName.with(
      value: answers.name ?? found.user.fullName, error: answers.nameError)
    let values: [String: (any Sendable)?] = [
      "profile": true,
      "email": found.email,
      "memberSince": View(["iso": since.day, "text": since.dayInWords]),
      "userID": id,
      "picture": found.user.picture,
      "initials": Avatar.initials(of: found.user.fullName),
      "colour": Avatar.colour(of: id),
      "pictureError": answers.pictureError,
      "saved": answers.isSaved ? Self.saved : nil,
    ].merging(FormField.views([name])) { $1 }
    if request.wantsFragment, request.method == .post {
      return layout.fragment(
        "fragments/profile-form", to: request, notice: answers.isSaved ? Self.saved : nil, status: status,
        headers: headers, values: values.filter { $0.key != "saved" })
    }
    return layout.response(
      "pages/profile", to: request, title: Sentence("Profile"),
      viewer: .init(context.session, user: found.user, event: event),
      status: status,
      headers: headers, values: values)
  }
}
