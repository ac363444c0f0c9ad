import Foundation
import GRDB
import HTTPTypes
import Hummingbird
import Web

/// The forms of what is done with a message, and for editing and deleting a page each. Modules get the fragment that
/// changed; other browsers go back to the message.
struct MessageActs: Feature {
  static let routes: [Route<MessageActs>] = [
    .get("/messages/{message}/edit", editPage),
    .post("/messages/{message}/edit", limit: .acts, form: 128 << 10, edit, tooMany: tooFast),
    .get("/messages/{message}/delete", deletePage),
    .post("/messages/{message}/delete", limit: .acts, form: 4 << 10, delete),
    .post("/messages/{message}/delete/undo", limit: .acts, undo),
    .post("/messages/{message}/reactions", limit: .acts, form: 4 << 10, react),
    .post("/messages/{message}/pin", limit: .acts, pin),
  ]

  let database: ChatDatabase
  let layout: PageLayout
  let fragments: Fragments
  let marks: ReadMarks
  let withdrawals: Withdrawals

  // MARK: Editing

  private func editPage(_ request: Request, _ context: SignedInContext) async throws -> Response {
    let rights = try await rights(context)
    try rights.checkMayEdit()
    return try await editPage(rights.message, request, context)
  }

  private func edit(
    _ fields: FormFields, _ request: Request, _ context: SignedInContext
  ) async throws -> Response {
    let (id, actor, now) = (try id(context), context.viewer.id, Date.now.milliseconds)
    guard fields.contains("text") else { throw ChatError.malformed }
    let base =
      try fields["base"].isEmpty ? nil : Milliseconds(fields["base"]) ?? { throw ChatError.malformed }()
    let editing = Editing(text: fields["text"], base: base)
    do {
      let outcome = try await database.write(as: context.session) { db in
        try editing.edit(id, by: actor, at: now, in: db)
      }
      if outcome != nil { database.forgetting.forgetSoon() }
      if outcome?.takesBackMention == true { await tellUnread(of: id) }
      return try await changed(id, request, context)
    } catch ChatError.notFound {
      return unsaved(fields, ErrorPages.notFound, .notFound, request)
    } catch let error as any SentenceError {
      let refused = (error as? MessageRefusal)?.status ?? .unprocessableContent
      // What they wrote is shown again, in the form as long as there is something to put it in the place of.
      guard let found = try? await rights(context) else { throw error }
      guard found.mayEdit else { return unsaved(fields, error.sentence, refused, request) }
      return try await editPage(
        found.message, request, context, typed: fields["text"], base: base, sentence: error.sentence,
        status: refused)
    }
  }

  private func unsaved(
    _ fields: FormFields, _ sentence: Sentence, _ status: HTTPResponse.Status, _ request: Request
  ) -> Response {
    layout.unsent(fields["text"], title: Sentence("Not saved"), sentence, to: request, status: status)
  }

  private func tooFast(
    _ fields: FormFields, _ seconds: Int, _ request: Request, _ context: SignedInContext
  ) async throws -> Response {
    let found = try await rights(context)
    try found.checkMayEdit()
    return try await editPage(
      found.message, request, context, typed: fields["text"],
      sentence: Sentence(
        "You are writing very fast. Wait {time}, then save it again.", ["time": Wait(seconds).words]),
      status: .tooManyRequests, headers: [.retryAfter: String(seconds)])
  }

  /// - Parameters:
  ///   - typed: what was not taken; nil at first.
  ///   - base: what that began with, so that a change meanwhile is told of when it is saved again, too.
  ///   - sentence: why.
  private func editPage(
    _ message: Message, _ request: Request, _ context: SignedInContext, typed: String? = nil,
    base: Milliseconds? = nil, sentence: Sentence? = nil, status: HTTPResponse.Status = .ok,
    headers: HTTPFields = [:]
  ) async throws -> Response {
    let showsBoth = status == .conflict
    let values: [String: (any Sendable)?] = [
      "chats": true, "id": message.id, "text": typed ?? message.text,
      "base": showsBoth ? message.editedAt ?? 0 : base ?? message.editedAt ?? 0, "error": sentence,
      // Where somebody else, or one's other tab, was faster.
      "current": showsBoth ? message.text : nil,
    ]
    guard !request.wantsFragment else {
      return layout.fragment(
        "fragments/edit-form", to: request, status: status, headers: headers, values: values)
    }
    return try await page(
      "pages/edit", Sentence("Edit message"), values, request, context, status: status, headers: headers)
  }

  // MARK: Deleting

  /// Asks, and once it is done offers to take it back, for a moment.
  private func deletePage(_ request: Request, _ context: SignedInContext) async throws -> Response {
    let rights = try await rights(context)
    try rights.checkMayDelete()
    let (id, actor, now) = (rights.message.id, context.viewer.id, Date.now.milliseconds)
    let mayUndo = try await database.read { try Withdrawal(message: id).mayUndo(actor, at: now, in: $0) }
    let reader = Reader(language: layout.language(of: request), clock: context.session.clock)
    let images = Self.images(of: rights.message)
    return try await page(
      "pages/delete", Sentence("Delete message"),
      [
        "chats": true, "id": id, "message": fragments.messages.html(rights.message, for: reader),
        "isThere": !rights.message.isDeleted, "mayUndo": mayUndo,
        "hasImages": !images.isEmpty,
        "images": images,
      ], request, context)
  }

  /// Those that can be deleted alone: of a message that is a picture and nothing else, it is the message.
  private static func images(of message: Message) -> [View] {
    guard message.attachments.count > 1 || !message.text.isEmpty else { return [] }
    return message.attachments.enumerated().map { index, image in
      View(["name": image.name, "number": index + 1])
    }
  }

  private func delete(
    _ fields: FormFields, _ request: Request, _ context: SignedInContext
  ) async throws -> Response {
    let (id, actor, now) = (try id(context), context.viewer.id, Date.now.milliseconds)
    let image = fields["image"]
    let withdrawal = Withdrawal(message: id, image: image.isEmpty ? nil : image)
    let event = try await database.write(as: context.session) { db in
      try withdrawal.withdraw(by: actor, at: now, in: db)
    }
    withdrawals.look()
    await tellUnread(of: id)
    guard request.wantsFragment else { return .seeOther("/messages/\(id)/delete") }
    guard event != nil else { return try await changed(id, request, context) }
    return try await changed(id, request, context, and: "fragments/undo", ["isImage": !image.isEmpty])
  }

  private func undo(_ request: Request, _ context: SignedInContext) async throws -> Response {
    let (id, actor, now) = (try id(context), context.viewer.id, Date.now.milliseconds)
    try await database.write(as: context.session) { db in
      try Withdrawal(message: id).undo(by: actor, at: now, in: db)
    }
    await tellUnread(of: id)
    return try await changed(id, request, context, and: "fragments/undone")
  }

  /// To those whose count of what is unread it changes.
  private func tellUnread(of message: Message.ID) async {
    let readers = try? await database.read { try ReadMark.unreading(message, in: $0) }
    guard let readers, !readers.people.isEmpty else { return }
    await marks.tell(Dictionary(uniqueKeysWithValues: readers.people.map { ($0, [readers.conversation]) }))
  }

  // MARK: Reactions and pins

  private func react(
    _ fields: FormFields, _ request: Request, _ context: SignedInContext
  ) async throws -> Response {
    let (id, actor, now) = (try id(context), context.viewer.id, Date.now.milliseconds)
    let reacting = Reacting(emoji: fields["emoji"])
    try await database.write(as: context.session) { try reacting.react(to: id, by: actor, at: now, in: $0) }
    guard request.wantsFragment else { return .seeOther("/messages/\(id)") }
    let message = try await rights(context).message
    return .html(fragments.said(in: layout.language(of: request)).reactions(message))
  }

  private func pin(_ request: Request, _ context: SignedInContext) async throws -> Response {
    let (id, actor, now) = (try id(context), context.viewer.id, Date.now.milliseconds)
    let conversation = try await database.write(as: context.session) { db in
      try Pinning.pin(id, by: actor, at: now, in: db)
    }
    guard request.wantsFragment else { return .seeOther("/messages/\(id)/details") }
    let changed = try await database.read { try PinsChanged(conversation, in: $0) }
    let said = fragments.said(in: layout.language(of: request))
    return .html(changed.html(for: actor, said) { _ in false } ?? "")
  }

  // MARK: Answers

  /// To modules what the stream brings too, so that any order of the two ends in the same page.
  private func changed(
    _ id: Message.ID, _ request: Request, _ context: SignedInContext, and more: String? = nil,
    _ values: [String: (any Sendable)?] = [:]
  ) async throws -> Response {
    guard request.wantsFragment else { return .seeOther("/messages/\(id)") }
    let viewer = context.viewer.id
    let said = fragments.said(in: layout.language(of: request))
    let changed = try await database.read { try MessageChanged(id, in: $0) }
    let html = changed?.html(for: viewer, said) { _ in false } ?? ""
    return .html(html + (more.map { said.render($0, View(values.merging(["id": id]) { $1 })) } ?? ""))
  }

  private func page(
    _ template: String, _ title: Sentence, _ values: [String: (any Sendable)?], _ request: Request,
    _ context: SignedInContext, status: HTTPResponse.Status = .ok, headers: HTTPFields = [:]
  ) async throws -> Response {
    let viewer = context.viewer.id
    let event = try await database.read { try Event.newest(visibleTo: viewer, in: $0) }
    return layout.response(
      template, to: request, title: title,
      viewer: .init(context.session, event: event),
      bodyClass: "group-page", status: status, headers: headers + [.cacheControl: "no-store"], values: values)
  }

  private func id(_ context: SignedInContext) throws -> Message.ID {
    guard let id = context.parameters.get("message", as: Message.ID.self) else { throw ChatError.notFound }
    return id
  }

  private func rights(_ context: SignedInContext) async throws -> MessageRights {
    let (id, actor) = (try id(context), context.viewer.id)
    return try await database.read { try MessageRights.of(actor, on: id, in: $0) }
  }
}
