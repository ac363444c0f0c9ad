import Web

/// What open streams are told of who is online.
extension StreamHub {
  /// Tells those whose pages show them.
  func tellPresence(of users: [User.ID]) async {
    cameOrWent.formUnion(users)
    var batch = EventBatch()
    for language in streams.languages {
      let fragments = fragments.said(in: language)
      var told: [Session.ID: String] = [:]
      for user in users {
        let watchers = board.sessions(watching: user).filter {
          !streams.of(session: $0, in: language).isEmpty
        }
        guard !watchers.isEmpty else { continue }
        let html = fragments.presence([board.person(user)])
        for session in watchers { told[session, default: ""] += html }
      }
      for (session, html) in told {
        let shown = streams.of(session: session, in: language).filter { !board.isHidden($0.user) }
        if !shown.isEmpty { batch.add(passing("presence", html), to: shown.map(\.outlet)) }
      }
    }
    await batch.send()
  }

  /// Tells everyone who does not hide how many are online.
  func tellCount() async {
    var batch = EventBatch()
    let shown = streams.all.filter { !board.isHidden($0.user) }
    for language in streams.languages {
      batch.add(countEvent(in: language), to: streams.said(in: language, shown).map(\.outlet))
    }
    await batch.send()
  }

  /// Some of those who came online or went, once each.
  func takeCameOrWent(_ limit: Int) -> Set<User.ID> {
    let some = Set(cameOrWent.prefix(limit))
    cameOrWent.subtract(some)
    return some
  }

  func noteCameOrWent(_ people: Set<User.ID>) { cameOrWent.formUnion(people) }

  /// How many are online in these groups may be another number.
  func noteToCount(in groups: some Sequence<Conversation.ID>) {
    for group in groups where streams.hasListener(in: group) && !groupsToCount.contains(group) {
      groupsToCount.append(group)
    }
  }

  /// Those that wait for longest.
  func takeGroupsToCount(_ limit: Int) -> [Conversation.ID] {
    let some = Array(groupsToCount.prefix(limit))
    groupsToCount.removeFirst(some.count)
    return some
  }

  /// Tells those who listen in a group and do not hide.
  func tell(online count: Int, in group: Conversation.ID) async {
    var batch = EventBatch()
    let listeners = streams.listeners(in: group).filter { !board.isHidden($0) }
    for language in streams.languages {
      let outlets = listeners.flatMap { streams.outlets(of: $0, in: language) }
      guard !outlets.isEmpty else { continue }
      batch.add(passing("presence", fragments.said(in: language).online(count, in: group)), to: outlets)
    }
    await batch.send()
  }

  /// Someone hides from now on when they are online, or shows it. One's own pages lose all that they say of others,
  /// or are fetched anew.
  func setHidden(_ isHidden: Bool, _ user: User.ID) {
    guard board.setHidden(isHidden, user) else { return }
    let event = isHidden ? nobodyEvent : passing("resync", ".")
    for stream in streams.of(user) { stream.outlet.offer(event) }
    if isHidden { presenceToTell.append(user) }
  }

  /// - Parameter people: are on the pages of one person from now on.
  func watch(_ people: [User.ID], by user: User.ID) {
    for session in Set(streams.of(user).map(\.session)) { board.watch(people, by: session) }
  }

  /// Someone is on every open page from now on.
  func watchedByAll(_ user: User.ID) {
    for session in streams.sessions { board.watch([user], by: session) }
  }

  func countEvent(in language: Language) -> ServerSentEvent {
    passing("count", fragments.said(in: language).count(board.othersOnline))
  }

  /// For one who hides: takes away all that a page says of who is online.
  var nobodyEvent: ServerSentEvent { passing("presence", fragments.nobody) }
}
