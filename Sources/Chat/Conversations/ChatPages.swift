import Foundation
import GRDB
import HTTPTypes
import Hummingbird
import Web

/// The chat: sidebar and conversation, as pages and as the fragments of them that modules ask for.
struct ChatPages: Feature {
  static let routes: [Route<ChatPages>] = [
    .get("/", home), .get("/people/{person}", person), .get("/conversations/{conversation}", conversation),
  ]

  let database: ChatDatabase
  let board: PresenceBoard
  let marks: ReadMarks
  let layout: PageLayout
  let fragments: Fragments
  let configuration: Configuration
  let site: CurrentSite
  let kept: KeptViews
  let members: MembersOnline

  /// `GET /`
  private func home(_ request: Request, _ context: SignedInContext) async throws -> Response {
    try await show(request, context) { _ in .nothing }
  }

  /// `GET /people/ID`
  private func person(_ request: Request, _ context: SignedInContext) async throws -> Response {
    let addressee = try Addressee(of: context)
    let viewer = context.viewer.id
    switch try await database.read({ try addressee.place(for: viewer, in: $0) }) {
    case .person(let person) where !person.isDeleted:
      return try await show(request, context) { _ in .person(person) }
    case .conversation(let conversation, _):
      let query = request.uri.query.map { "?\($0)" } ?? ""
      return .seeOther("/conversations/\(conversation.id)\(query)")
    default: throw ChatError.notFound
    }
  }

  /// `GET /conversations/ID`
  private func conversation(_ request: Request, _ context: SignedInContext) async throws -> Response {
    let query = FormFields(query: request.uri.query)
    // Where one begins to read, as long as nothing counts as read that was not on screen.
    let opensAtUnread =
      query["around"] == "unread" || !request.wantsFragment && MarkingModules.mark(for: request)
    var place = opensAtUnread ? MessagePage.Place.unread : .newest
    if let id = Message.ID(query["before"]) { place = .before(id) }
    if let id = Message.ID(query["after"]) { place = .after(id) }
    if let id = Message.ID(query["around"]) { place = .around(id) }
    let addressee = try Addressee(of: context)
    let viewer = context.viewer.id
    do {
      return try await show(request, context, opensAtUnread: opensAtUnread) { [place] in
        try addressee.place(for: viewer, showing: place, in: $0)
      }
    } catch ChatError.notFound {
      return try await openGroup(addressee, request, context)
    }
  }

  /// Of a group that everyone may come into, to one who is not in it: how it looks, and the way in.
  private func openGroup(
    _ addressee: Addressee, _ request: Request, _ context: SignedInContext
  ) async throws -> Response {
    let viewer = context.viewer
    let (found, event) = try await database.read { db -> (Group?, Event.ID) in
      guard case .conversation(let id) = addressee else { return (nil, 0) }
      return (try Group.find(id, in: db), try Event.newest(visibleTo: viewer.id, in: db))
    }
    guard let found, found.access == .open, found.memberCount > 0 else { throw ChatError.notFound }
    return layout.response(
      "pages/group", to: request, title: .verbatim(found.name),
      viewer: .init(context.session, event: event),
      bodyClass: "group-page", values: ["chats": true, "group": found.view])
  }

  /// - Parameters:
  ///   - refused: a message that was not taken, to be shown again with why.
  ///   - place: decides what is open, in the same read as all that is shown.
  func show(
    _ request: Request, _ context: SignedInContext, refused: ComposerView.Refused? = nil,
    opensAtUnread: Bool = false,
    place: @escaping @Sendable (Database) throws -> ChatView.Place
  ) async throws -> Response {
    let fields = FormFields(query: request.method == .post ? nil : request.uri.query)
    let question = Sidebar.Question(
      part: Sidebar.Part(rawValue: fields["show"]) ?? .all, find: String(fields["find"].prefix(80)),
      onlineOnly: fields["online"] == "1",
      start: .init(fields["start"]))
    let viewer = context.viewer
    await marks.settle(viewer.id)
    let view = try await view(question, request, context, opensAtUnread, place)
    let reader = Reader(language: layout.language(of: request), clock: context.session.clock)
    let online = board.pageShown(view.people, to: context.session)
    let sidebar = SidebarView(
      sidebar: view.sidebar, question: question, path: view.path, viewer: viewer.id,
      current: view.open?.conversation?.id, currentPerson: view.open?.person?.id,
      isCurrentRead: !MarkingModules.mark(for: request), online: online, reader: reader)
    let now = Timestamp.now(by: context.session.clock)
    let receipts = try await receipts(view.open, for: viewer.id)
    if request.wantsFragment, request.method != .post {
      switch request.headers[.hxTarget] {
      case "rows":
        return layout.fragment(
          "fragments/rows", to: request, values: sidebar.values(fragments.rows, now: now))
      case "more-rows":
        return layout.fragment(
          "fragments/row-page", to: request, values: sidebar.values(fragments.rows, now: now))
      case "older":
        guard let open = view.open else { break }
        let values = HistoryView(
          open: open, receipts: receipts, fragments: fragments, reader: reader, now: now
        ).values(of: .older)
        return layout.fragment("fragments/older-page", to: request, values: values)
      case "newer":
        guard let open = view.open else { break }
        let values = HistoryView(
          open: open, receipts: receipts, fragments: fragments, reader: reader, now: now
        ).values(of: .newer)
        return layout.fragment("fragments/newer-page", to: request, values: values)
      default: break
      }
    } else {
      await markRead(view.open, request, viewer.id)
    }
    let lastSeen = view.open?.person.flatMap { board.lastSeen(of: $0.id, by: viewer.id) }
    let page = ChatPage(
      view: view, sidebar: sidebar, lastSeen: lastSeen,
      onlineCount: try await onlineCount(view.open, by: viewer.id),
      receipts: receipts,
      reply: try await reply(to: refused?.replyTo ?? Message.ID(fields["reply"]), in: view.open),
      renews: fields.contains("renew") && refused == nil,
      invitation: site.admission == .open
        ? InvitationAddress(configuration, site, request) : nil,
      today: now.day)
    return answer(page, request, context, now: now, refused)
  }

  /// What the viewer is told of their own messages, which are no part of what is kept.
  private func receipts(_ open: ChatView.Open?, for viewer: User.ID) async throws -> Receipts? {
    guard let conversation = open?.conversation, conversation.isDirect else { return nil }
    return try await database.read { try Receipts.of(conversation, for: viewer, in: $0) }
  }

  /// - Returns: nil where it cannot be answered here.
  private func reply(
    to message: Message.ID?, in open: ChatView.Open?
  ) async throws -> ComposerView.Reply? {
    guard let message, let open, let conversation = open.conversation else { return nil }
    return try await database.read { db in
      do {
        let rights = try MessageRights.of(open.viewer, on: message, in: db)
        guard rights.mayReply, rights.conversation.id == conversation.id else { return nil }
        return ComposerView.Reply(to: rights.message)
      } catch ChatError.notFound { return nil }
    }
  }

  /// How many members of the open group are online, as far as the viewer sees that.
  private func onlineCount(_ open: ChatView.Open?, by viewer: User.ID) async throws -> Int {
    guard let group = open?.group else { return 0 }
    return try await members.count(of: group.id, seenBy: viewer)
  }

  /// Read anew where something of it has changed, or where it depends on who is online.
  private func view(
    _ question: Sidebar.Question, _ request: Request, _ context: SignedInContext, _ opensAtUnread: Bool,
    _ place: @escaping @Sendable (Database) throws -> ChatView.Place
  ) async throws -> ChatView {
    let viewer = context.viewer
    let online = question.onlineOnly ? board.people(seenBy: viewer.id).users : []
    func load() async throws -> ChatView {
      try await database.read { db in
        try ChatView.load(try place(db), viewer: viewer, question: question, online: online, in: db)
      }
    }
    // Who looks for a name may find groups that they are not in, of which nobody tells them.
    guard request.method != .post, !question.onlineOnly, question.names == nil else {
      return try await load()
    }
    // With all that decides what is shown, beside the database.
    return try await kept.view(
      .init(viewer: viewer.id, address: request.uri.string, opensAtUnread: opensAtUnread),
      load: load)
  }

  /// The composer alone, with why a message was not taken.
  func composer(
    _ place: ChatView.Place, viewer: User.ID, refused: ComposerView.Refused, to request: Request
  ) -> Response {
    let path = place.path
    var base = path
    if case .conversation(let conversation, _) = place, let person = conversation.other(than: viewer) {
      base = "/people/\(person)"
    }
    let view = ComposerView(
      action: base + "/messages", checkAddress: path, renewAddress: path + "?renew", refused: refused,
      reply: nil)
    return .html(
      layout.templates.render("fragments/composer", view.view, in: layout.language(of: request)),
      status: refused.status,
      headers: refused.headers)
  }

  private func answer(
    _ page: ChatPage, _ request: Request, _ context: SignedInContext, now: Timestamp,
    _ refused: ComposerView.Refused?
  ) -> Response {
    let viewer = PageLayout.Viewer(context.session, event: page.view.event)
    guard let refused else {
      return layout.response(
        "pages/chat", to: request, title: page.title, viewer: viewer, bodyClass: Self.bodyClass, shows: page
      ) { page.values(fragments, now: now) }
    }
    return layout.response(
      "pages/chat", to: request, title: page.title, viewer: viewer, bodyClass: Self.bodyClass,
      status: refused.status, headers: refused.headers,
      values: page.values(fragments, now: now, refused: refused))
  }

  private static let bodyClass = "chat-page"

  /// Opening a conversation marks read what the page shows. A page that a browser only fetches ahead, or
  /// whose head alone was asked for, has been seen by nobody; modules tell by themselves what is seen.
  private func markRead(_ open: ChatView.Open?, _ request: Request, _ viewer: User.ID) async {
    guard !MarkingModules.mark(for: request), let open, let conversation = open.conversation,
      open.unread > 0, request.method != .head,
      request.headers[.secPurpose]?.contains("prefetch") != true,
      let newest = open.messages.messages.last?.id, newest > open.readThrough
    else { return }
    await marks.note(viewer, conversation.id, through: newest)
  }
}
