import Foundation
import Synchronization
import Web

/// Hashes passwords in the background, so that log-ins slow pages little. Bounded: past ``maximumWaiting`` the
/// next is refused with ``Busy``.
final class PasswordHasher: Sendable {
  static let maximumWaiting = 64

  /// Too many log-ins at once.
  struct Busy: Error {}

  private let queue: BackgroundWork.Queue
  private let parameters: Scrypt.Parameters
  private let waiting = Mutex(0)
  /// What an unknown e-mail is compared with, so that it costs the time of a wrong password.
  private let decoy: PasswordHash

  init(_ queue: BackgroundWork.Queue, parameters: Scrypt.Parameters = PasswordHash.current) {
    self.queue = queue
    self.parameters = parameters
    decoy = PasswordHash(decoy: parameters)
  }

  func hash(_ password: String) async throws -> PasswordHash {
    try await run { [parameters] in try PasswordHash(hashing: password, parameters: parameters) }
  }

  /// - Parameter stored: nil for an account that does not exist: it takes as long, and is false.
  /// - Returns: whether they match, and a new hash to store where the parameters have been raised since.
  func check(_ password: String, against stored: PasswordHash?) async throws -> Match {
    try await run { [parameters, decoy] in
      let matches = try (stored ?? decoy).matches(password)
      guard matches, let stored else { return Match(isRight: false, rehash: nil) }
      let isOld = stored.parameters != parameters
      return Match(
        isRight: true, rehash: isOld ? try PasswordHash(hashing: password, parameters: parameters) : nil)
    }
  }

  struct Match: Sendable {
    let isRight: Bool
    let rehash: PasswordHash?
  }

  private func run<Value: Sendable>(_ work: @escaping @Sendable () throws -> Value) async throws -> Value {
    let admitted = waiting.withLock { waiting -> Bool in
      guard waiting < Self.maximumWaiting else { return false }
      waiting += 1
      return true
    }
    guard admitted else { throw Busy() }
    defer { waiting.withLock { $0 -= 1 } }
    return try await queue.run(work)
  }
}
