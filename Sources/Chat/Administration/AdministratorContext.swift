import Hummingbird
import NIOCore
import Web

/// A request of someone who administers the chat. There is none for others: to them the addresses of the administration are
/// like any that do not exist.
struct AdministratorContext: ChildRequestContext, RouteContext {
  static let audience = RouteAudience.administrators

  var coreContext: CoreRequestContextStorage
  let channel: any Channel
  let session: Session

  var viewer: User { session.user }
  var asker: Session? { session }

  /// - Throws: ``ChatError/signedOut``, ``ChatError/notFound``.
  init(context: ChatContext) throws {
    guard let session = context.session else { throw ChatError.signedOut }
    guard session.role.administers else { throw ChatError.notFound }
    coreContext = context.coreContext
    channel = context.channel
    self.session = session
  }
}
