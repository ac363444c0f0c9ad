import GRDB
import Web

/// What one chat page shows, read from one point in time.
struct ChatView: Sendable, Hashable {
  /// What is open beside the sidebar.
  enum Place: Sendable {
    case nothing
    /// Someone with whom there is no conversation yet.
    case person(User)
    case conversation(Conversation, MessagePage.Place)

    /// Where its page is found, also when it answers a form.
    var path: String {
      switch self {
      case .nothing: "/"
      case .person(let person): "/people/\(person.id)"
      case .conversation(let conversation, _): "/conversations/\(conversation.id)"
      }
    }
  }

  /// The open conversation.
  struct Open: Sendable, Hashable {
    let viewer: User.ID
    let conversation: Conversation?
    let person: User?
    let key: String
    let messages: MessagePage
    /// The viewer's mark before this page was shown.
    let readThrough: Message.ID
    let unread: Int
    var group: Group?
    var mayWrite = true
    /// Of a group.
    var isAdministrator = false
    var pins: [Pin] = []

    var name: Sentence { person?.name ?? .verbatim(conversation?.name ?? "") }
    var isAtEnd: Bool { !messages.hasNewer }
  }

  let path: String
  let event: Event.ID
  let sidebar: Sidebar
  let open: Open?
  /// Nobody else has an account.
  let isAlone: Bool

  /// The people that the page shows.
  var people: [User.ID] { sidebar.rows.compactMap { $0.person?.id } + [open?.person?.id].compactMap { $0 } }

  /// About what it takes in memory.
  var byteCount: Int {
    let messages = open?.messages.messages ?? []
    return messages.reduce(2_048) { $0 + $1.keptBytes }
      + sidebar.rows.reduce(0) { $0 + 640 + ($1.newest?.text.utf8.count ?? 0) }
  }

  static func load(
    _ place: Place, viewer: User, question: Sidebar.Question, online: Set<User.ID>, in db: Database
  ) throws -> ChatView {
    return ChatView(
      path: place.path,
      event: try Event.newest(visibleTo: viewer.id, in: db),
      sidebar: try Sidebar.load(question, viewer: viewer.id, online: online, in: db),
      open: try open(place, viewer: viewer, in: db),
      isAlone: try User.isOnlyOne(in: db))
  }

  private static func open(_ place: Place, viewer: User, in db: Database) throws -> Open? {
    switch place {
    case .nothing: return nil
    case .person(let person):
      // The first message may have come since the place was decided: the event of this view counts it.
      if let conversation = try Conversation.direct(viewer.id, person.id, in: db) {
        return try open(.conversation(conversation, .newest), viewer: viewer, in: db)
      }
      // As they are in this read, which is what the view is kept for.
      guard let person = try User.find(person.id, in: db) else { throw ChatError.notFound }
      return Open(
        viewer: viewer.id, conversation: nil, person: person,
        key: "d\(Conversation.directKey(viewer.id, person.id))",
        messages: MessagePage(messages: [], hasOlder: false, hasNewer: false), readThrough: 0, unread: 0)
    case .conversation(let conversation, let place):
      guard let sight = try Sight.of(viewer.id, in: conversation.id, db: db),
        let mark = try ReadMark.of(viewer.id, in: conversation.id, db: db)?.unreadAfter
      else { throw ChatError.notFound }
      let unread = try ReadMark.unread(of: viewer.id, after: [conversation.id: mark], in: db)
      let group = conversation.isDirect ? nil : try Group.find(conversation.id, in: db)
      var messages = try MessagePage.load(place, of: conversation.id, sight, in: db)
      if case .unread = place, (unread[conversation.id] ?? 0) > 0, messages.hasOlder,
        let first = try ReadMark.firstUnread(of: viewer.id, in: conversation.id, after: mark, db: db),
        let start = messages.messages.first, start.id > first
      {
        messages = try MessagePage.load(.around(first), of: conversation.id, sight, in: db)
      }
      let isAdministrator =
        try group != nil && Role.of(viewer.id, in: conversation.id, db: db) == .administrator
      return Open(
        viewer: viewer.id, conversation: conversation,
        person: try conversation.other(than: viewer.id).flatMap { try User.find($0, in: db) },
        key: conversation.key,
        messages: messages,
        readThrough: mark,
        unread: unread[conversation.id] ?? 0,
        group: group,
        mayWrite: group?.writers != .administrators || isAdministrator, isAdministrator: isAdministrator,
        pins: try Pin.all(of: conversation.id, sight, in: db))
    }
  }
}
