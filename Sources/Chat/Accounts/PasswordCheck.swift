import HTTPTypes
import Web

/// Asks someone who is logged in for their password before a change that only they may make. How often is limited by
/// session, and how often with a wrong one more so: whoever has one that is not theirs holds up no other.
struct PasswordCheck: Sendable {
  let database: ChatDatabase
  let hasher: PasswordHasher
  let limits: RateLimits

  /// What each check takes tries of.
  static let limits: [RateLimits.Name] = [.passwordTries, .wrongPasswords]

  /// Why nothing was changed.
  struct Refusal: SentenceError {
    let sentence: Sentence
    var status = HTTPResponse.Status.unprocessableContent
    var headers: HTTPFields = [:]

    static func tooMany(_ sentence: Sentence, seconds: Int) -> Refusal {
      Refusal(sentence: sentence, status: .tooManyRequests, headers: [.retryAfter: String(seconds)])
    }
  }

  /// - Returns: what the write that comes of it confirms.
  /// - Throws: ``Refusal``.
  func pass(_ password: String, _ session: Session) async throws -> CheckedPassword {
    let user = session.user.id
    let key = String(session.id)
    if let seconds = limits[.passwordTries]?.take(key) ?? limits[.wrongPasswords]?.take(key) {
      throw Refusal.tooMany(
        Sentence("Too many tries. Wait {time}, then try again.", ["time": Wait(seconds).words]),
        seconds: seconds)
    }
    let wrong = Refusal(sentence: Sentence("That is not your password. Nothing was changed."))
    let stored = try await database.read { try User.passwordHash(of: user, in: $0) }
    guard let hash = stored else { throw wrong }
    do {
      guard try await hasher.check(password, against: hash, for: .session(session.id)).isRight else {
        throw wrong
      }
    } catch is PasswordHasher.Busy {
      throw Refusal.tooMany(
        Sentence("The server is busy at the moment. Try again."), seconds: 5)
    }
    limits[.wrongPasswords]?.giveBack(key)
    return CheckedPassword(user: user, hash: hash)
  }
}
