import Foundation
import GRDB
import Logging
import Web

/// The event streams that are open: registers them, finds those who may see an event without asking the database,
/// and hands each event over, rendered and encoded once for all who get the same.
actor StreamHub {
  /// A stream lives at most this long; then the client comes back and its session is looked at again.
  static let streamTime: Milliseconds = 12 * 3_600_000
  /// A tick is a second.
  private static let ticksPerPing = 10
  static let farewellTime = Duration.seconds(3)
  /// How long the answer that brings a browser another token may take.
  private static let replacementTime = Duration.seconds(3)
  /// The most people whose presence a new stream is told at once.
  private static let mostPeople = 300

  typealias Stream = OpenStreams.Stream

  private let database: ChatDatabase
  let fragments: Fragments
  let board: PresenceBoard
  /// What ends with a session beside its streams.
  private let work: SessionWork
  /// Whether one session or person can have only so many streams.
  private let isBounded: Bool

  var streams = OpenStreams()
  /// Those who hide since an event that is being published.
  var presenceToTell: [User.ID] = []
  /// Those who came online or went, and the groups in which somebody did, of whom it has not been told there yet.
  var cameOrWent: Set<User.ID> = []
  var groupsToCount: [Conversation.ID] = []
  /// Those who do not tell that they are typing, and when each of the others told it last.
  var silentTypers: Set<User.ID> = []
  var typedAt: [User.ID: Milliseconds] = [:]
  /// What waits for a moment for more of its kind, by the message that it is about.
  var gathered: [Message.ID: (event: Event, content: any EventKind)] = [:]
  /// How often somebody came into a group or left one.
  private var sightChanges = 0
  private var ticks = 0
  private var isShutDown = false

  init(
    database: ChatDatabase, fragments: Fragments, board: PresenceBoard, work: SessionWork, isBounded: Bool
  ) {
    self.database = database
    self.fragments = fragments
    self.board = board
    self.work = work
    self.isBounded = isBounded
  }

  /// Keeps streams alive until its task is cancelled.
  func run() async {
    while (try? await Task.sleep(for: .seconds(1))) != nil { await tick() }
  }

  // MARK: Streams

  /// Opens a stream of events from now on; what is older is replayed by its reader. Where there are too many of the
  /// session or of the person, the oldest is told to rest: its client comes back when somebody looks at it.
  /// - Returns: nil when the program is stopping or the session has ended meanwhile.
  func open(_ session: Session, in language: Language, outlet: EventOutlet) async -> Stream? {
    let user = session.user.id
    guard !isShutDown else { return nil }
    let stream = streams.add(session, language, outlet, at: Date.now.milliseconds)
    // From here on the end of the session closes the stream; before, nobody would have.
    var found: Found?
    var seen: Int
    // Who comes into a group or leaves one meanwhile would be put back to what was read before.
    repeat {
      seen = sightChanges
      found = try? await database.read { try Found(session, in: $0) }
    } while seen != sightChanges
    guard let found, found.isAlive, !isShutDown else {
      streams.remove(stream)
      return nil
    }
    streams.note(found.groups, of: user)
    let isKnown = board.connect(user, session.id, partners: found.partners)
    if isBounded, let surplus = streams.surplus(beside: stream) {
      streams.remove(surplus)
      end(surplus, saying: ".", in: "rest")
    }
    guard !board.isHidden(user) else {
      outlet.offer(nobodyEvent)
      return stream
    }
    let shown = board.people(of: session.id, last: Self.mostPeople)
    outlet.offer(passing("presence", fragments.said(in: language).presence(shown.map(board.person))))
    outlet.offer(countEvent(in: language))
    // Its pages are from before the program started: it asks anew who is on them.
    if !isKnown { outlet.offer(passing("rows", ".")) }
    return stream
  }

  /// What a new stream needs to know.
  private struct Found {
    let isAlive: Bool
    let partners: [User.ID]
    let groups: [Conversation.ID: Sight]

    init(_ session: Session, in db: Database) throws {
      isAlive = try Session.isAlive(session.id, in: db)
      partners = try Conversation.partners(of: session.user.id, limit: WatchList.mostPerSession / 2, in: db)
      groups = try Sight.ofGroups(session.user.id, in: db)
    }
  }

  func close(_ stream: Stream) {
    streams.remove(stream)
    board.disconnect(stream.user)
  }

  /// Ends every stream, and returns when all have ended: a client gets what was already offered, if it takes it
  /// within ``farewellTime``.
  func shutDown() async {
    isShutDown = true
    for stream in streams.all { stream.outlet.end() }
    let deadline = ContinuousClock.now + Self.farewellTime
    while !streams.isEmpty, .now < deadline {
      // Whoever cancels waits for nothing.
      do { try await Task.sleep(for: .milliseconds(10)) } catch { break }
    }
    for stream in streams.all { stream.outlet.cut() }
  }

  /// Streams open now.
  var streamCount: Int { streams.count }

  // MARK: Events

  /// Hands events of the log over, in their order.
  func publish(_ events: [(Event, any EventKind)]) async {
    var batch = EventBatch()
    for (event, content) in events {
      if content.endsStreams { await batch.send() }
      content.arrive(at: self)
      guard !content.isGathered else {
        gather(event, content)
        continue
      }
      await tellGathered(&batch)
      if !presenceToTell.isEmpty {
        let people = presenceToTell
        presenceToTell = []
        await tellPresence(of: people)
      }
      add(event, content, to: &batch)
      if batch.isFull { await batch.send() }
    }
    await batch.send()
  }

  private func add(_ event: Event, _ content: some EventKind, to batch: inout EventBatch) {
    let listening = streams.listening(to: event, content.readers(of: event))
    guard let first = listening.first else { return }
    for language in streams.languages {
      let fragments = fragments.said(in: language)
      func add(for reader: User.ID, to readers: [User.ID]) {
        let outlets = readers.flatMap { streams.outlets(of: $0, in: language) }
        guard !outlets.isEmpty else { return }
        let html = content.html(for: reader, fragments) { [board] in board.isOnline($0, seenBy: reader) }
        if let html { batch.add(ServerSentEvent(id: event.id, data: html), to: outlets) }
      }
      if content.isShared {
        add(for: first, to: listening)
      } else {
        for reader in listening { add(for: reader, to: [reader]) }
      }
    }
  }

  /// Those of `people` who have an open stream.
  func listening(_ people: some Sequence<User.ID>) -> Set<User.ID> { Set(people.filter { streams.has($0) }) }

  /// Tells one person's open pages what is left unread.
  func tellRead(_ states: [ReadState], to user: User.ID) {
    for language in streams.languages {
      let outlets = streams.outlets(of: user, in: language)
      guard !outlets.isEmpty else { continue }
      let fragments = fragments.said(in: language)
      let event = passing("read", states.map { $0.html(fragments) }.joined())
      for outlet in outlets { outlet.offer(event) }
    }
  }

  /// What a person may see of a group from now on; nil for nothing any more.
  func note(_ sight: Sight?, of user: User.ID, in group: Conversation.ID) {
    sightChanges += 1
    streams.note(sight, of: user, in: group)
  }

  // MARK: Ends

  func end(_ session: Session.ID) {
    board.forget(session)
    work.end(session)
    for stream in streams.of(session: session) { end(stream, saying: ".") }
  }

  /// The session's browser has another token.
  func replace(_ session: Session.ID) {
    work.end(session)
    // It has that by then.
    Task {
      try? await Task.sleep(for: Self.replacementTime)
      for stream in streams.of(session: session) { stream.outlet.end() }
    }
  }

  /// Someone's account is gone, and with it what their browsers kept.
  func forget(_ user: User.ID) {
    board.forget(user: user)
    for stream in streams.of(user) { end(stream, saying: "leaving") }
  }

  /// - Parameter word: what the browser does beside leaving.
  private func end(_ stream: Stream, saying word: String, in event: String = "signed-out") {
    stream.outlet.offer(passing(event, word))
    stream.outlet.end()
  }

  private func tick() async {
    let now = Date.now.milliseconds
    ticks = (ticks + 1) % Self.ticksPerPing
    let ping = passing("ping", ".")
    // Each in its turn, so that ten thousand pings do not hold up what else there is.
    let pinged = streams.all.filter { $0.id % Self.ticksPerPing == ticks }
    var batch = EventBatch()
    batch.add(ping, to: pinged.map(\.outlet))
    for stream in pinged where stream.openedAt + Self.streamTime < now { stream.outlet.end() }
    if ticks == 0 { board.forgetIdle(except: streams.sessions) }
    await batch.send()
  }

  func passing(_ name: String, _ data: String) -> ServerSentEvent {
    ServerSentEvent(name: name, data: data)
  }
}
