import Web

/// The event streams that are open, by whose they are, by which session, and by the groups that their people are in.
/// Pure.
struct OpenStreams: Sendable {
  struct Stream: Sendable {
    typealias ID = Int
    let id: ID
    let user: User.ID
    let session: Session.ID
    let language: Language
    let outlet: EventOutlet
    let openedAt: Milliseconds
  }

  /// The most of one session, and of one person.
  static let mostPerSession = 20
  static let mostPerUser = 100

  private var streams: [Stream.ID: Stream] = [:]
  private var byUser: [User.ID: [Stream]] = [:]
  private var bySession: [Session.ID: [Stream]] = [:]
  /// What those who listen may see of each group.
  private var byGroup: [Conversation.ID: [User.ID: Sight]] = [:]
  private var groups: [User.ID: Set<Conversation.ID>] = [:]
  /// How many there are of each.
  private var byLanguage: [Language: Int] = [:]
  private var next = 0

  var count: Int { streams.count }
  var isEmpty: Bool { streams.isEmpty }
  var all: some Collection<Stream> { streams.values }
  var sessions: Set<Session.ID> { Set(bySession.keys) }

  func has(_ user: User.ID) -> Bool { byUser[user] != nil }

  func of(_ user: User.ID) -> [Stream] { byUser[user] ?? [] }

  func of(session: Session.ID) -> [Stream] { bySession[session] ?? [] }

  /// Those that somebody listens in.
  var languages: some Collection<Language> { byLanguage.keys }

  /// - Parameter language: one of ``languages``.
  func outlets(of user: User.ID, in language: Language) -> [EventOutlet] {
    said(in: language, of(user)).map(\.outlet)
  }

  func of(session: Session.ID, in language: Language) -> [Stream] {
    said(in: language, of(session: session))
  }

  /// Those of `streams` in a language, which are mostly all of them.
  func said(in language: Language, _ streams: [Stream]) -> [Stream] {
    byLanguage.count == 1 ? streams : streams.filter { $0.language == language }
  }

  /// The readers of an event who listen now.
  func listening(to event: Event, _ readers: Readers) -> [User.ID] {
    switch readers {
    case .everyone(let except): byUser.keys.filter { $0 != except }
    case .people(let people): people.filter { has($0) }
    case .members(let group): (byGroup[group] ?? [:]).filter { $0.value.sees(event) }.map(\.key)
    }
  }

  func hasListener(in group: Conversation.ID) -> Bool { byGroup[group] != nil }

  func listeners(in group: Conversation.ID) -> [User.ID] { byGroup[group].map { Array($0.keys) } ?? [] }

  /// The oldest of the stream's session, or of its person, where it is one too many.
  func surplus(beside stream: Stream) -> Stream? {
    let (ofSession, ofUser) = (of(session: stream.session), of(stream.user))
    if ofSession.count > Self.mostPerSession { return ofSession.first }
    return ofUser.count > Self.mostPerUser ? ofUser.first : nil
  }

  mutating func add(
    _ session: Session, _ language: Language, _ outlet: EventOutlet, at now: Milliseconds
  ) -> Stream {
    let stream = Stream(
      id: next, user: session.user.id, session: session.id, language: language, outlet: outlet,
      openedAt: now)
    next += 1
    streams[stream.id] = stream
    byLanguage[language, default: 0] += 1
    byUser[stream.user, default: []].append(stream)
    bySession[stream.session, default: []].append(stream)
    return stream
  }

  mutating func remove(_ stream: Stream) {
    guard streams.removeValue(forKey: stream.id) != nil else { return }
    byLanguage[stream.language, default: 1] -= 1
    if byLanguage[stream.language] == 0 { byLanguage[stream.language] = nil }
    byUser[stream.user]?.removeAll { $0.id == stream.id }
    if byUser[stream.user]?.isEmpty == true {
      byUser[stream.user] = nil
      for group in groups.removeValue(forKey: stream.user) ?? [] { forget(stream.user, in: group) }
    }
    bySession[stream.session]?.removeAll { $0.id == stream.id }
    if bySession[stream.session]?.isEmpty == true { bySession[stream.session] = nil }
  }

  /// All groups of someone who listens.
  mutating func note(_ sights: [Conversation.ID: Sight], of user: User.ID) {
    for group in groups[user] ?? [] where sights[group] == nil { note(nil, of: user, in: group) }
    for (group, sight) in sights { note(sight, of: user, in: group) }
  }

  /// - Parameter sight: nil where they are in the group no longer.
  mutating func note(_ sight: Sight?, of user: User.ID, in group: Conversation.ID) {
    guard has(user) else { return }
    if let sight {
      byGroup[group, default: [:]][user] = sight
      groups[user, default: []].insert(group)
    } else {
      groups[user]?.remove(group)
      forget(user, in: group)
    }
  }

  private mutating func forget(_ user: User.ID, in group: Conversation.ID) {
    byGroup[group]?[user] = nil
    if byGroup[group]?.isEmpty == true { byGroup[group] = nil }
  }
}
