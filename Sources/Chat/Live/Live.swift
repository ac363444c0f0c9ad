import Foundation
import GRDB
import Logging
import Web

/// Everything that is pushed: follows the durable log and hands each event, rendered and encoded once, to
/// the streams of those who may see it; counts streams for presence.
///
/// It sends what the log holds, in the log's order, whoever wrote it: also another process.
actor Live {
  /// A stream lives at most this long; then the client comes back and its session is looked at again.
  static let streamTime: Milliseconds = 12 * 3_600_000
  /// A tick is a second.
  private static let ticksPerPing = 10
  private static let eventsPerRead = 200
  /// Who comes and goes within it is told in one event and written down in one write.
  private static let presenceInterval = Duration.milliseconds(100)
  static let farewellTime = Duration.seconds(3)
  /// How long the answer that brings a browser another token may take.
  private static let replacementTime = Duration.seconds(3)

  typealias Stream = OpenStreams.Stream

  private let database: ChatDatabase
  private let renderer: EventRenderer
  /// What ends with a session beside its streams.
  private let work: SessionWork
  /// Whether one session or person can have only so many streams.
  private let isBounded: Bool
  private let logger: Logger
  private let pokes: AsyncStream<Void>
  private let poke: AsyncStream<Void>.Continuation

  private var streams = OpenStreams()
  private let presencePokes: AsyncStream<Void>
  private let presencePoke: AsyncStream<Void>.Continuation
  private var presence = Presence()
  private var presenceNews = PresenceNews()
  private var lastSeen: [User.ID: Milliseconds] = [:]
  private var watching = WatchList()
  private var privacyChanges = 0
  private var published: Event.ID = 0
  private var countSent = 0
  /// Pages and new streams have told it since, so that the same number as before is news to them.
  private var hasCountChanged = false
  private var ticks = 0
  private var isShutDown = false

  init(
    database: ChatDatabase, renderer: EventRenderer, work: SessionWork, isBounded: Bool, logger: Logger
  ) {
    self.database = database
    self.renderer = renderer
    self.work = work
    self.isBounded = isBounded
    self.logger = logger
    (pokes, poke) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
    (presencePokes, presencePoke) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
  }

  /// Takes up where the log ends and takes those for online who were so when the program last ran.
  func start() async throws {
    let (newest, lastSeen, hidden, online) = try await database.read { db in
      (
        try Event.newestOfAll(in: db),
        try User.lastSeen(in: db),
        try Privacy.hiddenUsers(in: db),
        try User.ID.fetchAll(db, sql: "SELECT id FROM user WHERE is_online = 1")
      )
    }
    published = newest
    self.lastSeen = lastSeen
    for user in hidden { presence.hide(user) }
    for user in online { presence.restore(user, at: now) }
    database.writer.whenCommitted { [poke] in poke.yield() }
  }

  /// Follows the log and the clock until its task is cancelled.
  func run() async {
    await withDiscardingTaskGroup { group in
      group.addTask {
        for await _ in self.pokes { await self.publishNew() }
      }
      group.addTask {
        for await _ in self.presencePokes {
          try? await Task.sleep(for: Self.presenceInterval)
          await self.publishPresence()
        }
      }
      group.addTask {
        while (try? await Task.sleep(for: .seconds(1))) != nil { await self.tick() }
      }
      group.addTask {
        repeat { await self.prune() } while (try? await Task.sleep(for: .seconds(3_600))) != nil
      }
    }
    await publishPresence()
  }

  // MARK: Streams

  /// Opens a stream of events from now on; what is older is replayed by its reader. Where there are too many of the
  /// session or of the person, the oldest is told to rest: its client comes back when somebody looks at it.
  /// - Parameter people: those whose presence the browser's pages show.
  /// - Returns: nil when the program is stopping or the session has ended meanwhile.
  func open(_ session: Session, people: [User.ID], outlet: EventOutlet) async -> Stream? {
    let user = session.user.id
    guard !isShutDown else { return nil }
    let stream = streams.add(session, outlet, at: now)
    // From here on the end of the session closes the stream; before, nobody would have.
    let found = try? await database.read { db in
      (
        isAlive: try Session.isAlive(session.id, in: db),
        partners: try Conversation.partners(of: user, limit: WatchList.mostPerSession / 2, in: db),
        people: try User.existing(people, in: db)
      )
    }
    guard let found, found.isAlive, !isShutDown else {
      streams.remove(stream)
      return nil
    }
    watching.add(found.partners, for: session.id, at: now)
    watching.add(found.people.filter { $0 != user }, for: session.id, at: now)
    if presence.connect(user) { cameOnline(user) }
    if isBounded, let surplus = streams.surplus(beside: stream) {
      streams.remove(surplus)
      end(surplus, saying: ".", in: "rest")
    }
    guard !presence.isHidden(user) else {
      outlet.offer(nobodyEvent)
      return stream
    }
    let shown = people.isEmpty ? Array(watching.people(of: session.id).suffix(300)) : found.people
    outlet.offer(passing("presence", renderer.fragments.presence(shown.map(person))))
    outlet.offer(countEvent)
    return stream
  }

  func close(_ stream: Stream) {
    streams.remove(stream)
    presence.disconnect(stream.user, at: now)
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

  // MARK: Presence

  func onlinePeople(seenBy viewer: User.ID) -> OnlinePeople { presence.people(seenBy: viewer) }

  func isOnline(_ person: User.ID, seenBy viewer: User.ID) -> Bool { presence.sees(viewer, person) }

  func lastSeen(of user: User.ID, by viewer: User.ID) -> Milliseconds? {
    guard !presence.isHidden(user), !presence.isHidden(viewer) else { return nil }
    return lastSeen[user]
  }

  /// A page that shows `people` was made for `session`; it will be told when one of them comes or goes.
  /// - Returns: those of them whom the viewer sees online now.
  func pageShown(_ people: [User.ID], to session: Session) -> OnlinePeople {
    watching.add(people.filter { $0 != session.user.id }, for: session.id, at: now)
    if !session.hasStreamed, presence.visit(session.user.id, at: now) { cameOnline(session.user.id) }
    return presence.people(seenBy: session.user.id, among: people)
  }

  /// Someone chose to hide or to show when they are online. When this returns it holds everywhere.
  func privacyChanged(of user: User.ID) async throws {
    privacyChanges += 1
    var isHidden: Bool
    var seen: Int
    // Of two changes at once the later one counts, whichever is read first.
    repeat {
      seen = privacyChanges
      isHidden = try await database.read { try !Privacy.of(user, in: $0).showsPresence }
    } while seen != privacyChanges
    guard isHidden != presence.isHidden(user) else { return }
    if isHidden {
      presence.hide(user)
      hasCountChanged = true
      lastSeen[user] = nil
      presenceNews.remove(user)
      offer(nobodyEvent, to: user)
      await tellPresence(of: [user])
    } else {
      presence.show(user)
      if presence.isOnline(user) { cameOnline(user) }
      offer(passing("resync", "."), to: user)
    }
  }

  private func cameOnline(_ user: User.ID) {
    hasCountChanged = true
    presenceNews.came(user)
    presencePoke.yield()
  }

  private func wentOffline(_ user: User.ID, lastSeen time: Milliseconds) {
    lastSeen[user] = time
    presenceNews.went(user, lastSeen: time)
    presencePoke.yield()
  }

  private func publishPresence() async {
    let news = presenceNews.take()
    guard !news.people.isEmpty else { return }
    await tellPresence(of: news.people.keys)
    do {
      try await database.writer.write { try news.write(in: $0) }
    } catch {
      logger.warning("Presence was not written down", metadata: ["error": "\(error)"])
    }
  }

  private func tellPresence(of users: some Sequence<User.ID>) async {
    var told: [Session.ID: String] = [:]
    for user in users {
      let watchers = watching.sessions(watching: user).filter(streams.has(session:))
      guard !watchers.isEmpty else { continue }
      let html = renderer.fragments.presence([person(user)])
      for session in watchers { told[session, default: ""] += html }
    }
    var batch = EventBatch()
    for (session, html) in told {
      let event = passing("presence", html)
      let shown = streams.of(session: session).filter { !presence.isHidden($0.user) }
      batch.add(event, to: shown.map(\.outlet))
    }
    await batch.send()
  }

  private func person(_ user: User.ID) -> Fragments.Person {
    Fragments.Person(id: user, isOnline: presence.isOnline(user), lastSeen: lastSeen[user])
  }

  private var countEvent: ServerSentEvent {
    passing("count", renderer.fragments.count(max(0, presence.count - 1)))
  }

  /// For one who hides: takes away all that a page says of who is online.
  private var nobodyEvent: ServerSentEvent { passing("presence", renderer.fragments.nobody) }

  // MARK: The log

  private func publishNew() async {
    while true {
      let after = published
      do {
        let events = try await database.read { db in
          try EventContent.load(Event.all(after: after, limit: Self.eventsPerRead, in: db), in: db)
        }
        var batch = EventBatch()
        for (event, content) in events {
          if let content { await publish(event, content, in: &batch) }
          published = event.id
          if batch.isFull { await batch.send() }
        }
        await batch.send()
        if events.count < Self.eventsPerRead { return }
      } catch is CancellationError {
        return
      } catch {
        logger.error("The event log cannot be read", metadata: ["error": "\(error)"])
        return
      }
    }
  }

  private func publish(_ event: Event, _ content: EventContent, in batch: inout EventBatch) async {
    switch content {
    case .sessionEnded(let session):
      await batch.send()
      return end(session)
    case .sessionReplaced(let session):
      await batch.send()
      work.end(session)
      // Its own browser has the new token by then.
      Task {
        try? await Task.sleep(for: Self.replacementTime)
        for stream in streams.of(session: session) { stream.outlet.end() }
      }
      return
    case .personGone(let user, _):
      await batch.send()
      forget(user)
    default: break
    }
    if case .posted(_, let conversation, let members, _) = content, conversation.isDirect {
      for member in members { watch(members.filter { $0 != member }, by: member) }
    }
    guard hasViewer(of: content),
      let delivery = renderer.delivery(of: event, content, sees: presence.sees)
    else { return }
    switch delivery {
    case .everyone(let encoded, let except):
      batch.add(encoded, to: streams.all.filter { $0.user != except }.map(\.outlet))
    case .same(let encoded, let members):
      batch.add(encoded, to: members.flatMap { streams.of($0) }.map(\.outlet))
    case .each(let events):
      for (member, encoded) in events { batch.add(encoded, to: streams.of(member).map(\.outlet)) }
    }
  }

  private func hasViewer(of content: EventContent) -> Bool {
    switch content {
    case .posted(_, _, let members, _): members.contains(where: streams.has(_:))
    case .read(_, _, _, let owner): streams.has(owner)
    case .personNew, .personChanged, .personGone: !streams.isEmpty
    case .sessionEnded, .sessionReplaced: false
    }
  }

  private func offer(_ event: ServerSentEvent, to user: User.ID) {
    for stream in streams.of(user) { stream.outlet.offer(event) }
  }

  private func watch(_ people: [User.ID], by user: User.ID) {
    for session in Set(streams.of(user).map(\.session)) { watching.add(people, for: session, at: now) }
  }

  private func end(_ session: Session.ID) {
    watching.remove(session)
    work.end(session)
    for stream in streams.of(session: session) { end(stream, saying: ".") }
  }

  /// - Parameter word: what the browser does beside leaving.
  private func end(_ stream: Stream, saying word: String, in event: String = "signed-out") {
    stream.outlet.offer(passing(event, word))
    stream.outlet.end()
  }

  /// Someone's account is gone: so is the person, without a time of going, and what their browsers kept.
  private func forget(_ user: User.ID) {
    presence.remove(user)
    presenceNews.remove(user)
    lastSeen[user] = nil
    for stream in streams.of(user) { end(stream, saying: "leaving") }
  }

  // MARK: The clock

  private func prune() async {
    do { try await EventLog(database: database).prune() } catch is CancellationError {
      return
    } catch {
      logger.warning("The event log was not pruned", metadata: ["error": "\(error)"])
    }
  }

  private func tick() async {
    poke.yield()
    for (user, time) in presence.expire(at: now) { wentOffline(user, lastSeen: time) }
    var batch = EventBatch()
    if presence.count != countSent || hasCountChanged {
      countSent = presence.count
      hasCountChanged = false
      batch.add(countEvent, to: streams.all.filter { !presence.isHidden($0.user) }.map(\.outlet))
    }
    ticks = (ticks + 1) % Self.ticksPerPing
    let ping = passing("ping", ".")
    // Each in its turn, so that ten thousand pings do not hold up what else there is.
    let pinged = streams.all.filter { $0.id % Self.ticksPerPing == ticks }
    batch.add(ping, to: pinged.map(\.outlet))
    for stream in pinged where stream.openedAt + Self.streamTime < now { stream.outlet.end() }
    if ticks == 0 { watching.removeIdle(except: streams.sessions, at: now) }
    await batch.send()
  }

  private func passing(_ name: String, _ data: String) -> ServerSentEvent {
    ServerSentEvent(name: name, data: data)
  }

  private var now: Milliseconds { Date.now.milliseconds }
}
