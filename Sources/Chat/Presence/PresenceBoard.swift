import Foundation
import Synchronization

/// Who is online, who was last here when, and which sessions see whom. Pages read it and streams change it without
/// waiting for each other. Thread-safe.
final class PresenceBoard: Sendable {
  private struct State {
    var presence: Presence
    var news = PresenceNews()
    var lastSeen: [User.ID: Milliseconds] = [:]
    var watching = WatchList()
    var countTold = 0
    /// Pages and new streams have told it since, so that the same number as before is news to them.
    var hasCountChanged = false

    mutating func came(_ user: User.ID) {
      hasCountChanged = true
      news.came(user)
    }
  }

  private let state: Mutex<State>
  /// Ends a wait for news.
  private let poke: AsyncStream<Void>.Continuation
  let pokes: AsyncStream<Void>

  /// - Parameter grace: see ``Presence/grace``.
  init(grace: Milliseconds = Presence.grace) {
    state = Mutex(State(presence: Presence(grace: grace)))
    (pokes, poke) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
  }

  /// What the database tells of the time before the program ran.
  /// - Parameter online: those who were so then; they have a while to come back.
  func begin(lastSeen: [User.ID: Milliseconds], hidden: [User.ID], online: [User.ID]) {
    state.withLock { state in
      state.lastSeen = lastSeen
      for user in hidden { state.presence.hide(user) }
      for user in online { state.presence.restore(user, at: now) }
    }
  }

  // MARK: What pages show

  func people(seenBy viewer: User.ID) -> OnlinePeople {
    state.withLock { $0.presence.people(seenBy: viewer) }
  }

  func isOnline(_ person: User.ID, seenBy viewer: User.ID) -> Bool {
    state.withLock { $0.presence.sees(viewer, person) }
  }

  /// - Parameter viewer: nil for anyone who does not hide.
  func onlineCount(among people: [User.ID], seenBy viewer: User.ID? = nil) -> Int {
    state.withLock { state in
      if let viewer, state.presence.isHidden(viewer) { return 0 }
      return people.count { state.presence.isOnline($0) }
    }
  }

  func lastSeen(of user: User.ID, by viewer: User.ID) -> Milliseconds? {
    state.withLock { state in
      guard !state.presence.isHidden(user), !state.presence.isHidden(viewer) else { return nil }
      return state.lastSeen[user]
    }
  }

  /// A page that shows `people` was made for `session`; it will be told when one of them comes or goes.
  /// - Returns: those of them whom the viewer sees online now.
  func pageShown(_ people: [User.ID], to session: Session) -> OnlinePeople {
    let (online, hasCome) = state.withLock { state in
      let user = session.user.id
      state.watching.add(people.filter { $0 != user }, for: session.id, at: now)
      state.watching.notePage(of: session.id)
      let hasCome = !session.hasStreamed && state.presence.visit(user, at: now)
      if hasCome { state.came(user) }
      return (state.presence.people(seenBy: user, among: people), hasCome)
    }
    if hasCome { poke.yield() }
    return online
  }

  // MARK: Streams

  /// A stream was opened.
  /// - Parameter partners: people whom every page of the session may show.
  /// - Returns: whether the pages of the session are known, that is: not from before the program started.
  func connect(_ user: User.ID, _ session: Session.ID, partners: [User.ID]) -> Bool {
    let (isKnown, hasCome) = state.withLock { state in
      let isKnown = state.watching.knowsPages(of: session)
      state.watching.add(partners.filter { $0 != user }, for: session, at: now)
      let hasCome = state.presence.connect(user)
      if hasCome { state.came(user) }
      return (isKnown, hasCome)
    }
    if hasCome { poke.yield() }
    return isKnown
  }

  func disconnect(_ user: User.ID) { state.withLock { $0.presence.disconnect(user, at: now) } }

  /// - Parameter session: is told of them from now on.
  func watch(_ people: [User.ID], by session: Session.ID) {
    state.withLock { $0.watching.add(people, for: session, at: now) }
  }

  func forget(_ session: Session.ID) { state.withLock { $0.watching.remove(session) } }

  /// Forgets the sessions that are in none of `open` and that loaded no page of late.
  func forgetIdle(except open: Set<Session.ID>) {
    state.withLock { $0.watching.removeIdle(except: open, at: now) }
  }

  /// Someone's account is gone: so is the person, without a time of going.
  func forget(user: User.ID) {
    state.withLock { state in
      state.presence.remove(user)
      state.news.remove(user)
      state.lastSeen[user] = nil
    }
  }

  // MARK: Hiding

  func isHidden(_ user: User.ID) -> Bool { state.withLock { $0.presence.isHidden(user) } }

  /// - Returns: whether it was otherwise before.
  func setHidden(_ isHidden: Bool, _ user: User.ID) -> Bool {
    let hasCome = state.withLock { state -> Bool? in
      guard isHidden != state.presence.isHidden(user) else { return nil }
      if isHidden {
        state.presence.hide(user)
        state.hasCountChanged = true
        state.lastSeen[user] = nil
        state.news.remove(user)
        return false
      }
      state.presence.show(user)
      let isOnline = state.presence.isOnline(user)
      if isOnline { state.came(user) }
      return isOnline
    }
    if hasCome == true { poke.yield() }
    return hasCome != nil
  }

  // MARK: News

  /// Those who came or went since it was asked last.
  func takeNews() -> PresenceNews { state.withLock { $0.news.take() } }

  /// As those may know of a person who do not hide.
  func person(_ user: User.ID) -> Fragments.Person {
    state.withLock { state in
      Fragments.Person(id: user, isOnline: state.presence.isOnline(user), lastSeen: state.lastSeen[user])
    }
  }

  /// The people whom the pages of a session show, at most so many of the last.
  func people(of session: Session.ID, last count: Int) -> [User.ID] {
    state.withLock { Array($0.watching.people(of: session).suffix(count)) }
  }

  func sessions(watching user: User.ID) -> Set<Session.ID> {
    state.withLock { $0.watching.sessions(watching: user) }
  }

  /// How many are online beside one of them.
  var othersOnline: Int { state.withLock { max(0, $0.presence.count - 1) } }

  /// Lets the time of those run out who were away for long enough.
  /// - Returns: whether it is to be told again how many are online.
  func tick() -> Bool {
    let (isNews, haveGone) = state.withLock { state in
      let gone = state.presence.expire(at: now)
      for (user, time) in gone {
        state.lastSeen[user] = time
        state.news.went(user, lastSeen: time)
      }
      let isNews = state.presence.count != state.countTold || state.hasCountChanged
      state.countTold = state.presence.count
      state.hasCountChanged = false
      return (isNews, !gone.isEmpty)
    }
    if haveGone { poke.yield() }
    return isNews
  }

  private var now: Milliseconds { Date.now.milliseconds }
}
