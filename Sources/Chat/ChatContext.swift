import Hummingbird
import NIOCore
import Web

/// What every request of the product carries.
struct ChatContext: RequestScope {
  var coreContext: CoreRequestContextStorage
  let channel: any Channel
  /// Who asks, if logged in: put in by ``SessionMiddleware``.
  var session: Session?
  /// What the database held before the session was found; nil where that is not sure.
  var snapshot: Snapshot?

  init(source: ApplicationRequestContextSource) {
    coreContext = .init(source: source)
    channel = source.channel
  }
}

/// A request of someone who is logged in. There is no other way to make one, so a route that takes it
/// cannot be reached signed out.
struct SignedInContext: ChildRequestContext {
  var coreContext: CoreRequestContextStorage
  let channel: any Channel
  let session: Session

  var viewer: User { session.user }

  /// - Throws: ``ChatError/signedOut``.
  init(context: ChatContext) throws {
    guard let session = context.session else { throw ChatError.signedOut }
    coreContext = context.coreContext
    channel = context.channel
    self.session = session
  }
}

/// Why a request gets no page of its own. ``ErrorPages`` turns each into an answer.
enum ChatError: Error {
  /// Nobody is logged in: to the log-in, or 401.
  case signedOut
  /// It does not exist, or this viewer may not see it: 404 for both.
  case notFound
  /// What was sent makes no sense: 400.
  case malformed
  /// Too many tries: 429, with the seconds to wait.
  case tooMany(seconds: Int)
}
