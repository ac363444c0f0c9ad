import Web

/// How often something may be done: so many times at once, and once more each time that `refill` has passed.
struct Rate: Sendable {
  /// What each has tries of its own for.
  enum Key: Sendable {
    /// An IPv4 address, the /64 of an IPv6 one.
    case address
    case person, session, account, accountAndAddress

    var words: Sentence {
      switch self {
      case .address: Sentence("an address")
      case .person: Sentence("a person")
      case .session: Sentence("a session")
      case .account: Sentence("an account")
      case .accountAndAddress: Sentence("an account and address")
      }
    }
  }

  let burst: Int
  let refill: Duration
  let key: Key
  /// What is counted, in words, where that is not every request.
  let what: Sentence?

  init(_ burst: Int, _ what: Sentence? = nil, refill: Duration, per key: Key) {
    self.burst = burst
    self.what = what
    self.refill = refill
    self.key = key
  }

  /// `20 a person, one more in 10 seconds`, `5 wrong passwords a session, one more in a minute`
  var words: Sentence {
    let pause =
      refill < .seconds(1)
      ? Sentence(
        one: "{count} millisecond", other: "{count} milliseconds", count: Int(refill / .milliseconds(1)))
      : Wait(Int(refill / .seconds(1))).words
    let counted = Sentence.sequence(
      [.made { [burst] in $0.number(burst) }] + [what].compactMap { $0 })
    return Sentence(
      "{tries} {key}, one more in {time}", ["tries": counted, "key": key.words, "time": pause])
  }
}
