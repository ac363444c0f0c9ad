import Foundation
import GRDB
import HTTPTypes
import Hummingbird
import Web

/// `/conversations/ID/details`: of a group how it looks, who is in it and who may do what; of a talk of two the other
/// one's profile; of both the images, and how loud it is.
struct Details: Feature {
  static let routes: [Route<Details>] = [
    .get("/conversations/{conversation}/details", page), .get("/people/{person}/details", person),
    .post(
      "/conversations/{conversation}/details", limit: .members, files: GroupForm.files, first: admit, change),
    .post("/conversations/{conversation}/members", limit: .members, form: 64 << 10, members),
    .post("/conversations/{conversation}/notifications", limit: .members, form: 1 << 10, notifications),
  ]

  let database: ChatDatabase
  let layout: PageLayout
  let uploads: Uploads
  let board: PresenceBoard
  let list: ListBeside
  let marks: ReadMarks
  let online: MembersOnline
  let abandoned: AbandonedGroups

  private func page(_ request: Request, _ context: SignedInContext) async throws -> Response {
    let fields = FormFields(query: request.uri.query)
    return try await answer(
      request, context, GroupForm(fields, people: "user"), saved: Self.saved[fields["saved"]])
  }

  /// Before there is a conversation it is the other one's profile alone.
  private func person(_ request: Request, _ context: SignedInContext) async throws -> Response {
    let (addressee, viewer) = (try Addressee(of: context), context.viewer.id)
    let found = try await database.read { db in
      (place: try addressee.place(for: viewer, in: db), event: try Event.newest(visibleTo: viewer, in: db))
    }
    if case .conversation(let conversation, _) = found.place {
      return .seeOther("/conversations/\(conversation.id)/details")
    }
    guard case .person(let user) = found.place, !user.isDeleted,
      let profile = try await database.read({ try User.profile(user.id, in: $0) })
    else { throw ChatError.notFound }
    await marks.settle(viewer)
    let (common, sidebar) = try await database.read { db in
      (
        try Group.common(viewer, user.id, limit: DetailsView.commonGroups, in: db),
        try Sidebar.load(.all, viewer: viewer, online: [], in: db)
      )
    }
    let html = list.html(
      sidebar, at: .init(address: "/people/\(user.id)", person: user.id), shown: [user.id], request, context)
    let other = DetailsView.view(
      of: profile, common: common, isOnline: board.isOnline(user.id, seenBy: viewer), context.session.clock)
    return response(
      to: request, context, event: found.event, list: html,
      values: [
        "address": "/people/\(user.id)", "other": other, "loudness": nil, "hasPictures": false, "pinned": nil,
        "group": nil,
      ])
  }

  private static let saved: [String: Sentence] = [
    "details": Sentence("The group is saved."), "members": Sentence("The members were updated."),
    "notifications": Sentence("Your notifications are saved."),
  ]

  /// No file is taken in for one who may not change the group.
  private func admit(_ context: SignedInContext) async throws {
    let (group, viewer) = (try OpenGroups.group(of: context), context.viewer.id)
    try await database.read { _ = try GroupMembers.administered(group, by: viewer, in: $0) }
  }

  private func change(
    _ fields: FormFields, _ request: Request, _ context: SignedInContext
  ) async throws -> Response {
    let (group, viewer, now) = (try OpenGroups.group(of: context), context.viewer.id, Date.now.milliseconds)
    var form = GroupForm(fields, people: "user")
    var change = GroupChange()
    if fields.contains("name") {
      change.name = form.checkedName()
      if change.name == nil { return try await answer(request, context, form, status: .unprocessableContent) }
    }
    do {
      do { change.description = try form.description.map { try GroupDescription($0) } } catch let error
        as any SentenceError
      {
        form.descriptionError = error.sentence
        throw error
      }
      do {
        let image = try await form.takePicture(by: uploads)
        change.picture = image.map { .some($0) } ?? (form.removesPicture ? GroupChange.Picture.none : nil)
      } catch let error as any SentenceError {
        form.pictureError = error.sentence
        throw error
      }
      if fields.contains("access") { change.access = form.access }
      if fields.contains("history") { change.showsEarlier = form.showsEarlier }
      change.writers = form.writers
      let removed = try await database.write(as: context.session) { [change, uploads] db in
        if case .some(.some(let image)) = change.picture {
          try uploads.checkQuota([image], of: viewer, in: db)
        }
        return try change.apply(to: group, by: viewer, at: now, in: db)
      }
      await uploads.remove(removed)
    } catch let error as any SentenceError {
      if case .some(.some(let image)) = change.picture { await uploads.remove([image.name]) }
      if form.descriptionError == nil, form.pictureError == nil { form.error = error.sentence }
      return try await answer(
        request, context, form, status: (error as? GroupRefusal)?.status ?? .unprocessableContent)
    } catch {
      if case .some(.some(let image)) = change.picture { await uploads.remove([image.name]) }
      throw error
    }
    return request.redirect(to: "/conversations/\(group)/details?saved=details")
  }

  private func members(
    _ fields: FormFields, _ request: Request, _ context: SignedInContext
  ) async throws -> Response {
    let (group, viewer, now) = (try OpenGroups.group(of: context), context.viewer.id, Date.now.milliseconds)
    var form = GroupForm(fields, people: "user")
    guard !form.isFinding else { return try await answer(request, context, form) }
    let people = form.people
    guard let action = GroupMembers.Action(rawValue: fields["action"]) else { throw ChatError.malformed }
    do {
      if let sentence = form.peopleError { throw GroupForm.Refusal(sentence: sentence) }
      try await database.write(as: context.session) { db in
        try GroupMembers.act(action, on: people, in: group, by: viewer, at: now, db: db)
      }
    } catch let error as any SentenceError {
      if action == .add, (error as? GroupRefusal)?.status != .forbidden {
        form.peopleError = error.sentence
      } else {
        form.error = error.sentence
      }
      return try await answer(
        request, context, form, status: (error as? GroupRefusal)?.status ?? .unprocessableContent)
    }
    abandoned.look()
    // Who has taken themselves out sees it no longer.
    let leaves = action == .remove && people.contains(viewer)
    return leaves ? request.redirect(to: "/") : try await done("members", request, context)
  }

  private func notifications(
    _ fields: FormFields, _ request: Request, _ context: SignedInContext
  ) async throws -> Response {
    let (id, viewer, now) = (try OpenGroups.group(of: context), context.viewer.id, Date.now.milliseconds)
    let change = try LoudnessChange(fields, at: now)
    try await database.write(as: context.session) { try change.apply(to: id, by: viewer, at: now, in: $0) }
    return try await done("notifications", request, context)
  }

  /// A part of the page for modules, where one was asked for; else the page.
  private func done(_ what: String, _ request: Request, _ context: SignedInContext) async throws -> Response {
    guard fragment(for: request) != nil else {
      return request.redirect(to: try "/conversations/\(OpenGroups.group(of: context))/details?saved=\(what)")
    }
    return try await answer(
      request, context, GroupForm(FormFields(query: nil), people: "user"), saved: Self.saved[what])
  }

  /// What can be asked for alone, and what of the page it shows.
  private func fragment(for request: Request) -> DetailsView.Part? {
    guard request.wantsFragment, let target = request.headers[.hxTarget] else { return nil }
    return DetailsView.Part(rawValue: target)
  }

  private func answer(
    _ request: Request, _ context: SignedInContext, _ form: GroupForm, saved: Sentence? = nil,
    status: HTTPResponse.Status = .ok
  ) async throws -> Response {
    let id = try OpenGroups.group(of: context)
    let viewer = context.viewer.id
    let query = FormFields(query: request.uri.query)
    let start = query["start"].split(separator: ".", maxSplits: 1)
    let after = start.first.flatMap { User.ID($0) }.map {
      (name: start.count == 2 ? String(start[1]) : "", id: $0)
    }
    let online = board.people(seenBy: viewer).users
    let part = fragment(for: request)
    let member = part == .candidates ? "" : query["member"]
    await marks.settle(viewer)
    let (view, sidebar) = try await database.read { db in
      (
        try DetailsView.load(
          id, for: viewer, online: online, member: member, after: after, form: form, in: db),
        part == nil
          ? try Sidebar.load(.all, viewer: viewer, online: [], in: db) : Sidebar(rows: [], next: nil)
      )
    }
    let onlineCount = view.group == nil ? 0 : try await self.online.count(of: id, seenBy: viewer)
    let values = view.values(
      form, onlineCount: onlineCount, isOnline: { board.isOnline($0, seenBy: viewer) },
      clock: context.session.clock,
      lastSeen: { board.lastSeen(of: $0, by: viewer) })
    if let part {
      _ = board.pageShown(view.people, to: context.session)
      let hasChanged = part == .members && saved != nil
      return layout.fragment(
        hasChanged ? "fragments/members-changed" : "fragments/\(part.rawValue)", to: request, notice: saved,
        status: status,
        values: view.values(of: part, form, values))
    }
    let html = list.html(
      sidebar, at: .init(address: "/conversations/\(id)", conversation: id), shown: view.people, request,
      context)
    return response(
      to: request, context, event: view.event, list: html, saved: saved, status: status, values: values)
  }

  private func response(
    to request: Request, _ context: SignedInContext, event: Event.ID, list: String,
    saved: Sentence? = nil, status: HTTPResponse.Status = .ok, values: [String: (any Sendable)?]
  ) -> Response {
    layout.response(
      "pages/details", to: request, title: Sentence("Details"),
      viewer: .init(context.session, event: event),
      bodyClass: "chat-page", status: status, headers: [.cacheControl: "no-store"],
      values: values.merging(["saved": saved, "chats": true, "sidebar": list]) { $1 })
  }
}
