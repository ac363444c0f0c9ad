import Web

/// The event streams that are open, by whose they are and by which session. Pure.
struct OpenStreams: Sendable {
  struct Stream: Sendable {
    typealias ID = Int
    let id: ID
    let user: User.ID
    let session: Session.ID
    let outlet: EventOutlet
    let openedAt: Milliseconds
  }

  /// The most of one session, and of one person.
  static let mostPerSession = 20
  static let mostPerUser = 100

  private var streams: [Stream.ID: Stream] = [:]
  private var byUser: [User.ID: [Stream]] = [:]
  private var bySession: [Session.ID: [Stream]] = [:]
  private var next = 0

  var count: Int { streams.count }
  var isEmpty: Bool { streams.isEmpty }
  var all: some Collection<Stream> { streams.values }
  var sessions: Set<Session.ID> { Set(bySession.keys) }

  func has(_ user: User.ID) -> Bool { byUser[user] != nil }

  func has(session: Session.ID) -> Bool { bySession[session] != nil }

  func of(_ user: User.ID) -> [Stream] { byUser[user] ?? [] }

  func of(session: Session.ID) -> [Stream] { bySession[session] ?? [] }

  /// The oldest of the stream's session, or of its person, where it is one too many.
  func surplus(beside stream: Stream) -> Stream? {
    let (ofSession, ofUser) = (of(session: stream.session), of(stream.user))
    if ofSession.count > Self.mostPerSession { return ofSession.first }
    return ofUser.count > Self.mostPerUser ? ofUser.first : nil
  }

  mutating func add(_ session: Session, _ outlet: EventOutlet, at now: Milliseconds) -> Stream {
    let stream = Stream(
      id: next, user: session.user.id, session: session.id, outlet: outlet, openedAt: now)
    next += 1
    streams[stream.id] = stream
    byUser[stream.user, default: []].append(stream)
    bySession[stream.session, default: []].append(stream)
    return stream
  }

  mutating func remove(_ stream: Stream) {
    streams[stream.id] = nil
    byUser[stream.user]?.removeAll { $0.id == stream.id }
    if byUser[stream.user]?.isEmpty == true { byUser[stream.user] = nil }
    bySession[stream.session]?.removeAll { $0.id == stream.id }
    if bySession[stream.session]?.isEmpty == true { bySession[stream.session] = nil }
  }
}
