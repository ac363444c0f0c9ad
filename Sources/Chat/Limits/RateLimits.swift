import Web

/// Every limit of the product on how often something may be done. One switch turns all of them off, and with them
/// ``caps``. A route names its limit in its line, and the driver of the routes takes the tries; what a handler takes
/// by itself is only named there. Thread-safe.
struct RateLimits: Sendable {
  enum Name: Sendable, CaseIterable {
    case signUps
    case logInsFromAddress
    case logInsAtAccountFromAddress
    case logInsAtAccount
    case rightLogIns
    case passwordTries
    case wrongPasswords
    case sending
    case acts
    case profile
    case groups
    case members
    case administration
    case theme
    case privacy
    case clock
    case sessions
    case downloads
    case connectionCosts

    /// Each with why it is so much.
    var rate: Rate {
      switch self {
      // A club that signs up in one room has one address. Each try hashes a password.
      case .signUps: Rate(20, refill: .seconds(60), per: .address)
      // A household that mistypes; who is right gets the try back.
      case .logInsFromAddress: Rate(20, refill: .seconds(15), per: .address)
      // A new browser is one that never logged in to the account.
      case .logInsAtAccountFromAddress:
        Rate(10, Sentence("by new browsers"), refill: .seconds(60), per: .accountAndAddress)
      // Of all addresses together ten times what one may, so that nobody alone can lock an account for its owner's
      // new browser.
      case .logInsAtAccount: Rate(100, Sentence("by new browsers"), refill: .seconds(6), per: .account)
      // With the right password too: each log-in writes.
      case .rightLogIns: Rate(60, Sentence("right passwords"), refill: .seconds(20), per: .accountAndAddress)
      // Each hashes a password. By session, so that whoever has one that is not theirs holds up no other.
      case .passwordTries: Rate(20, Sentence("passwords"), refill: .seconds(10), per: .session)
      // Nobody forgets a password so often, and guessing so seldom leads nowhere.
      case .wrongPasswords: Rate(5, Sentence("wrong passwords"), refill: .seconds(60), per: .session)
      // Nobody types faster, also in short lines.
      case .sending: Rate(60, refill: .seconds(1), per: .person)
      // Reactions come in bursts.
      case .acts: Rate(60, refill: .seconds(1), per: .person)
      // Everyone who is online is told, and a picture may come with it.
      case .profile: Rate(20, refill: .seconds(10), per: .person)
      // Each tells all that are in it.
      case .groups: Rate(20, refill: .seconds(60), per: .person)
      case .members: Rate(60, refill: .seconds(5), per: .person)
      // Enough to try one after another. Each choice is a write.
      case .administration: Rate(60, refill: .seconds(5), per: .person)
      case .theme: Rate(20, refill: .seconds(10), per: .person)
      case .privacy: Rate(20, refill: .seconds(10), per: .person)
      case .clock: Rate(20, refill: .seconds(10), per: .person)
      // More than half of what one person can have, one by one.
      case .sessions: Rate(30, refill: .seconds(10), per: .session)
      // Each reads all that a person has.
      case .downloads: Rate(5, refill: .seconds(600), per: .person)
      // Handshakes and frames without use, counted by whoever is known on the connection, else by address.
      case .connectionCosts: Rate(4_000, refill: .milliseconds(5), per: .address)
      }
    }
  }

  let areOn: Bool
  /// What one may have at once.
  let caps: Caps
  private let limits: [Name: RateLimit]

  init(areOn: Bool) {
    self.areOn = areOn
    caps = Caps(areOn: areOn)
    let names = areOn ? Name.allCases : []
    limits = Dictionary(
      uniqueKeysWithValues: names.map {
        ($0, RateLimit(burst: $0.rate.burst, refill: $0.rate.refill))
      })
  }

  /// - Returns: nil where limits are off.
  subscript(name: Name) -> RateLimit? { limits[name] }
}
