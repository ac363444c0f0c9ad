import Foundation
import Synchronization
import Web

/// Hashes passwords in the background, so that log-ins slow pages little. Bounded by who asks, who take turns: past
/// what one may have waiting, or all together, the next is refused with ``Busy``. Those whom the server knows have a
/// room of their own, which strangers cannot fill, and every second turn.
final class PasswordHasher: Sendable {
  /// How many may wait: of all strangers and of all whom the server knows, of one network or session, and for one account from browsers that it does not know.
  struct Limits: Sendable {
    var all = 128
    var perRequester = 32
    var perAccount = 4

    static let off = Limits(all: 1_024, perRequester: 1_024, perAccount: 1_024)
  }

  /// Who asks for a hash.
  enum Requester: Sendable {
    /// Somebody who is not logged in. Networks take turns.
    case stranger(network: String, account: String? = nil)
    /// A browser that has logged in to the account before, by its token's hash: nobody else's tries hold it up.
    case browser(Data)
    case session(Session.ID)
    /// Of the server, at its command line.
    case owner
  }

  /// Too many log-ins at once.
  struct Busy: Error {}

  private enum Key: Hashable {
    case network(String)
    case browser(Data)
    case session(Session.ID)
    case owner
  }

  private struct Job: Sendable {
    let run: @Sendable (_ isWanted: Bool) -> Void
    let refuse: @Sendable () -> Void
  }

  private struct State: Sendable {
    var strangers: TurnQueue<Key, Job>
    var known: TurnQueue<Key, Job>
    var isTurnOfKnown = true
    var accounts: [String: Int] = [:]

    /// - Returns: what has no place, see ``TurnQueue``.
    mutating func add(_ job: Job, for key: Key) -> Job? {
      if case .network = key { strangers.add(job, for: key) } else { known.add(job, for: key) }
    }

    mutating func take() -> Job? {
      defer { isTurnOfKnown.toggle() }
      return isTurnOfKnown ? known.take() ?? strangers.take() : strangers.take() ?? known.take()
    }
  }

  private let queue: BackgroundWork.Queue
  private let parameters: Scrypt.Parameters
  private let limits: Limits
  private let state: Mutex<State>
  /// What an unknown e-mail is compared with, so that it costs the time of a wrong password.
  private let decoy: PasswordHash

  init(
    _ queue: BackgroundWork.Queue, parameters: Scrypt.Parameters = PasswordHash.current,
    limits: Limits = Limits()
  ) {
    self.queue = queue
    self.parameters = parameters
    self.limits = limits
    let room = TurnQueue<Key, Job>(maximum: limits.all, maximumPerKey: limits.perRequester)
    state = Mutex(State(strangers: room, known: room))
    decoy = PasswordHash(decoy: parameters)
  }

  /// - Throws: ``Busy``.
  func hash(_ password: String, for requester: Requester) async throws -> PasswordHash {
    try await run(requester) { [parameters] in try PasswordHash(hashing: password, parameters: parameters) }
  }

  /// - Parameters:
  ///   - password: as it was typed.
  ///   - stored: nil for an account that does not exist: it takes as long, and is false.
  /// - Returns: whether they match, and a new hash to store where the parameters have been raised since, or the
  ///   password had not been normalized.
  /// - Throws: ``Busy``.
  func check(
    _ password: String, against stored: PasswordHash?, for requester: Requester
  ) async throws -> Match {
    try await run(requester) { [parameters, decoy] in
      let spellings = Password.spellings(password)
      let match = try spellings.firstIndex { try (stored ?? decoy).matches($0) }
      guard let match, let stored else { return Match(isRight: false, rehash: nil) }
      let isOld = match > 0 || stored.parameters != parameters
      return Match(
        isRight: true, rehash: isOld ? try PasswordHash(hashing: spellings[0], parameters: parameters) : nil)
    }
  }

  struct Match: Sendable {
    let isRight: Bool
    let rehash: PasswordHash?
  }

  private func run<Value: Sendable>(
    _ requester: Requester, _ work: @escaping @Sendable () throws -> Value
  ) async throws -> Value {
    var account: String?
    if case .stranger(_, let tried) = requester { account = tried }
    guard enter(account) else { throw Busy() }
    defer { leave(account) }
    return try await withCheckedThrowingContinuation { continuation in
      let job = Job(
        run: { isWanted in
          continuation.resume(
            with: Result {
              guard isWanted else { throw CancellationError() }
              return try work()
            })
        },
        refuse: { continuation.resume(throwing: Busy()) })
      let refused = state.withLock { $0.add(job, for: Self.key(of: requester)) }
      refused?.refuse()
      // A turn for each. One that finds nothing is of a job that was refused.
      queue.begin { isWanted in self.state.withLock { $0.take() }?.run(isWanted) }
    }
  }

  private static func key(of requester: Requester) -> Key {
    switch requester {
    case .stranger(let network, _): .network(network)
    case .browser(let token): .browser(token)
    case .session(let session): .session(session)
    case .owner: .owner
    }
  }

  /// Counts those that wait for an account.
  private func enter(_ account: String?) -> Bool {
    guard let account else { return true }
    return state.withLock { state in
      guard state.accounts[account, default: 0] < limits.perAccount else { return false }
      state.accounts[account, default: 0] += 1
      return true
    }
  }

  private func leave(_ account: String?) {
    guard let account else { return }
    state.withLock { state in
      let count = state.accounts[account, default: 0]
      state.accounts[account] = count > 1 ? count - 1 : nil
    }
  }
}
