import Foundation
import GRDB
import HTTPTypes
import Hummingbird
import Web

/// `/groups/new`: makes a group.
struct NewGroupPage: Feature {
  static let routes: [Route<NewGroupPage>] = [
    .get("/groups/new", page),
    .post("/groups/new", limit: .groups, files: GroupForm.files, submit, tooMany: tooMany),
  ]

  let database: ChatDatabase
  let layout: PageLayout
  let uploads: Uploads
  let board: PresenceBoard

  /// The address can bring people along: those of a direct conversation from which one adds more.
  private func page(_ request: Request, _ context: SignedInContext) async throws -> Response {
    try await answer(request, context, GroupForm(FormFields(query: request.uri.query)))
  }

  private func submit(
    _ fields: FormFields, _ request: Request, _ context: SignedInContext
  ) async throws -> Response {
    var form = GroupForm(fields)
    // Without modules one finds people by sending the form.
    guard !form.isFinding else { return try await answer(request, context, form) }
    guard let name = form.checkedName() else {
      return try await answer(request, context, form, status: .unprocessableContent)
    }
    let image: StoredImage?
    do { image = try await form.takePicture(by: uploads) } catch let error as any SentenceError {
      form.pictureError = error.sentence
      return try await answer(request, context, form, status: .unprocessableContent)
    }
    let making = GroupMaking(
      name: name, people: form.people, access: form.access, showsEarlier: form.showsEarlier, picture: image)
    let (maker, now) = (context.viewer.id, Date.now.milliseconds)
    do {
      if let sentence = form.peopleError { throw GroupForm.Refusal(sentence: sentence) }
      let id = try await database.write(as: context.session) { [uploads] db in
        if let image { try uploads.checkQuota([image], of: maker, in: db) }
        return try making.make(by: maker, at: now, in: db)
      }
      return request.redirect(to: "/conversations/\(id)")
    } catch let error as any SentenceError {
      if let image { await uploads.remove([image.name]) }
      form.peopleError = error.sentence
      return try await answer(request, context, form, status: .unprocessableContent)
    } catch {
      if let image { await uploads.remove([image.name]) }
      throw error
    }
  }

  private func tooMany(
    _ fields: FormFields, _ seconds: Int, _ request: Request, _ context: SignedInContext
  ) async throws -> Response {
    var form = GroupForm(fields)
    form.nameError = Sentence(
      "You are making a lot of groups. Wait {time}, then try again.", ["time": Wait(seconds).words])
    return try await answer(
      request, context, form, status: .tooManyRequests, headers: [.retryAfter: String(seconds)])
  }

  private func answer(
    _ request: Request, _ context: SignedInContext, _ form: GroupForm, status: HTTPResponse.Status = .ok,
    headers: HTTPFields = [:]
  ) async throws -> Response {
    let viewer = context.viewer.id
    let (choice, event) = try await database.read { db in
      (
        try PeopleChoice.load(
          field: "member", find: form.find, chosen: form.people, without: viewer, conversation: nil, in: db),
        try Event.newest(visibleTo: viewer, in: db)
      )
    }
    var values = choice.values { board.isOnline($0, seenBy: viewer) }
    values["choiceAddress"] = "/groups/new"
    if request.wantsFragment, request.headers[.hxTarget] == "candidates" {
      return layout.fragment("fragments/candidates", to: request, values: values)
    }
    values.merge(form.values(isNew: status == .ok && !form.isFinding)) { $1 }
    values["chats"] = true
    return layout.response(
      "pages/new-group", to: request, title: Sentence("New group"),
      viewer: .init(context.session, event: event),
      bodyClass: "group-page", status: status, headers: headers, values: values)
  }
}
