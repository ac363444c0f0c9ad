import Web

/// How much a session, a person or an address may have at once, of all that the switch of ``RateLimits`` lifts. The
/// numbers stand with the types that they bound.
struct Caps: Sendable {
  /// False where nobody is to be held up: then every other value here is that of no bound.
  let areOn: Bool
  let passwords: PasswordHasher.Limits
  /// Bytes of answers that nobody reads, of all together.
  let unreadBytes: Int?
  let requestsOfSession: ConcurrencyLimit<Session.ID>?
  let requestsOfPerson: ConcurrencyLimit<User.ID>?
  let requestsOfAddress: ConcurrencyLimit<String>?
  let streamsOfAddress: ConcurrencyLimit<String>?
  let replaysOfSession: ConcurrencyLimit<Session.ID>?

  init(areOn: Bool) {
    func atOnce<Key>(_ maximum: Int, waiting: Int = 0) -> ConcurrencyLimit<Key>? {
      areOn ? ConcurrencyLimit(maximum: maximum, maximumWaiting: waiting) : nil
    }
    self.areOn = areOn
    passwords = areOn ? PasswordHasher.Limits() : .off
    unreadBytes = areOn ? 48 << 20 : nil
    requestsOfSession = atOnce(FairShare.maximumPerSession, waiting: FairShare.maximumWaiting)
    requestsOfPerson = atOnce(FairShare.maximumPerPerson, waiting: FairShare.maximumWaiting)
    requestsOfAddress = atOnce(FairShare.maximumPerNetwork, waiting: FairShare.maximumWaiting)
    streamsOfAddress = atOnce(EventsRoute.maximumStreams)
    // As many wait as there can be streams.
    replaysOfSession = atOnce(EventsRoute.maximumReplays, waiting: OpenStreams.mostPerUser)
  }

  /// The most connections from one address.
  func connections(to listener: Listener) -> Int? { areOn ? listener.connectionsPerNetwork : nil }
}
