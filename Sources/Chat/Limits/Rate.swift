import Web

/// How often something may be done: so many times at once, and once more each time that `refill` has passed.
struct Rate: Sendable, CustomStringConvertible {
  /// What each has tries of its own for.
  enum Key: String, Sendable {
    /// An IPv4 address, the /64 of an IPv6 one.
    case address = "an address"
    case person = "a person"
    case session = "a session"
    case account = "an account"
    case accountAndAddress = "an account and address"
  }

  let burst: Int
  let refill: Duration
  let key: Key
  /// What is counted, in words, where that is not every request.
  let what: String?

  init(_ burst: Int, _ what: String? = nil, refill: Duration, per key: Key) {
    self.burst = burst
    self.what = what
    self.refill = refill
    self.key = key
  }

  /// `20 a person, one more in 10 seconds`, `5 wrong passwords a session, one more in a minute`
  var description: String {
    let pause =
      refill < .seconds(1)
      ? "\(Int(refill / .milliseconds(1))) milliseconds" : "\(Wait(Int(refill / .seconds(1))))"
    return "\(burst) \(what.map { "\($0) " } ?? "")\(key.rawValue), one more in \(pause)"
  }
}
