import Foundation
import HTTPTypes
import Hummingbird
import Web

/// The chat: sidebar and conversation, as pages and as the fragments of them that modules ask for.
struct ChatPages: Sendable {
  let database: ChatDatabase
  let live: Live
  let layout: PageLayout
  let messages: MessageFragment
  /// The address to invite others to; nil takes the one that the request came to.
  let publicURL: String?
  let scheme: String

  /// `GET /`
  func home(_ request: Request, _ context: SignedInContext) async throws -> Response {
    try await show(.nothing, request, context)
  }

  /// `GET /people/ID`
  func person(_ request: Request, _ context: SignedInContext) async throws -> Response {
    let viewer = context.viewer.id
    let person = try await other(context)
    let conversation = try await database.read { try Conversation.direct(viewer, person.id, in: $0) }
    if let conversation {
      let query = request.uri.query.map { "?\($0)" } ?? ""
      return .seeOther("/conversations/\(conversation.id)\(query)")
    }
    guard !person.isDeleted else { throw ChatError.notFound }
    return try await show(.person(person), request, context)
  }

  /// `GET /conversations/ID`
  func conversation(_ request: Request, _ context: SignedInContext) async throws -> Response {
    let conversation = try await membership(context)
    let query = FormFields(query: request.uri.query)
    var place = MessagePage.Place.newest
    if let id = Message.ID(query["before"]) { place = .before(id) }
    if let id = Message.ID(query["around"]) { place = .around(id) }
    return try await show(.conversation(conversation, place), request, context)
  }

  /// The conversation of the address, if the viewer is in it.
  /// - Throws: ``ChatError/notFound``.
  func membership(_ context: SignedInContext) async throws -> Conversation {
    let viewer = context.viewer.id
    guard let id = context.parameters.get("id", as: Conversation.ID.self),
      let found = try await database.read({ try Conversation.find(id, of: viewer, in: $0) })
    else { throw ChatError.notFound }
    return found
  }

  /// The person of the address, who is not the viewer. It may be one who is gone.
  /// - Throws: ``ChatError/notFound``.
  func other(_ context: SignedInContext) async throws -> User {
    guard let id = context.parameters.get("id", as: User.ID.self), id != context.viewer.id,
      let found = try await database.read({ try User.find(id, in: $0) })
    else { throw ChatError.notFound }
    return found
  }

  /// - Parameter refused: a message that was not taken, to be shown again with why.
  func show(
    _ place: ChatView.Place, _ request: Request, _ context: SignedInContext,
    refused: ComposerView.Refused? = nil
  ) async throws -> Response {
    let fields = FormFields(query: request.method == .post ? nil : request.uri.query)
    let question = Sidebar.Question(
      find: String(fields["find"].prefix(80)), onlineOnly: fields["online"] == "1",
      start: .init(fields["start"]))
    let viewer = context.viewer
    let online = await live.onlinePeople(seenBy: viewer.id)
    let view = try await database.read { db in
      try ChatView.load(place, viewer: viewer, question: question, online: online.users, in: db)
    }
    await live.pageShown(view.people, to: context.session)
    let sidebar = SidebarView(
      sidebar: view.sidebar, question: question, path: path(of: place), viewer: viewer.id,
      current: view.open?.conversation?.id, currentPerson: view.open?.person?.id, online: online,
      clock: context.session.clock)
    if request.wantsFragment, request.method != .post {
      switch request.headers[.hxTarget] {
      case "rows": return layout.fragment("fragments/rows", values: sidebar.values)
      case "more-rows": return layout.fragment("fragments/row-page", values: sidebar.values)
      case "older":
        guard let open = view.open else { break }
        return layout.fragment("fragments/message-page", values: history(open, context).values)
      default: break
      }
    }
    await markRead(view.open, request, viewer)
    return try await page(view, sidebar, request, context, renews: fields.contains("renew"), refused)
  }

  /// Where the page is found, also when it answers a form.
  private func path(of place: ChatView.Place) -> String {
    switch place {
    case .nothing: "/"
    case .person(let person): "/people/\(person.id)"
    case .conversation(let conversation, _): "/conversations/\(conversation.id)"
    }
  }

  /// The composer alone, with why a message was not taken.
  func composer(_ place: ChatView.Place, viewer: User.ID, refused: ComposerView.Refused) -> Response {
    let path = path(of: place)
    var base = path
    if case .conversation(let conversation, _) = place, let person = conversation.other(than: viewer) {
      base = "/people/\(person)"
    }
    let view = ComposerView(
      action: base + "/messages", checkAddress: path, renewAddress: path + "?renew", refused: refused)
    return .html(
      layout.templates.render("fragments/composer", view.view), status: refused.status,
      headers: refused.headers)
  }

  private func page(
    _ view: ChatView, _ sidebar: SidebarView, _ request: Request, _ context: SignedInContext,
    renews: Bool, _ refused: ComposerView.Refused?
  ) async throws -> Response {
    var values = sidebar.values
    values["chats"] = true
    values["open"] = view.open != nil
    values["alone"] = view.isAlone
    values["address"] = publicURL ?? "\(scheme)://\(request.head.authority ?? "")"
    if let open = view.open {
      var lastSeen: Milliseconds?
      if let person = open.person {
        lastSeen = await live.lastSeen(of: person, by: context.viewer.id)
      }
      values["conversation"] =
        ConversationView(
          open: open, history: history(open, context), lastSeen: lastSeen,
          isOnline: open.person.map { sidebar.online.users.contains($0.id) } ?? false,
          renews: renews && refused == nil, refused: refused
        ).view
      values["refreshSeconds"] = renews && refused == nil ? 30 : nil
    }
    return layout.response(
      "pages/chat", to: request, title: view.open?.name ?? "Chats",
      viewer: .init(
        user: context.viewer, theme: context.session.theme, clock: context.session.clock, event: view.event),
      bodyClass: "chat-page",
      status: refused?.status ?? .ok, headers: refused?.headers ?? [:], values: values)
  }

  private func history(_ open: ChatView.Open, _ context: SignedInContext) -> HistoryView {
    HistoryView(open: open, messages: messages, clock: context.session.clock)
  }

  /// Opening a conversation marks read what the page shows. A page that a browser only fetches ahead, or
  /// whose head alone was asked for, has been seen by nobody.
  private func markRead(_ open: ChatView.Open?, _ request: Request, _ viewer: User) async {
    guard let open, let conversation = open.conversation, open.unread > 0, request.method != .head,
      request.headers[.secPurpose]?.contains("prefetch") != true,
      let newest = open.messages.messages.last?.id, newest > open.readThrough
    else { return }
    let now = Date.now.milliseconds
    // Reading goes on where nothing can be written, on a full disk.
    try? await database.writer.write { db in
      try ReadMark.move(of: viewer.id, in: conversation.id, through: newest, at: now, db: db)
    }
  }
}
