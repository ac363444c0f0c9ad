import Web

/// What a route's handler is given of a request: ``ChatContext``, which anyone has, ``SignedInContext``, which there is
/// only for who is logged in, or ``AdministratorContext``. So the type of the handler says who may use the route.
protocol RouteContext: RequestScope {
  static var audience: RouteAudience { get }

  /// Nil where nobody is logged in.
  var asker: Session? { get }

  /// - Throws: ``ChatError/signedOut``, ``ChatError/notFound``.
  init(context: ChatContext) throws
}

extension ChatContext: RouteContext {
  static let audience = RouteAudience.anyone

  var asker: Session? { session }

  init(context: ChatContext) { self = context }
}

extension SignedInContext: RouteContext {
  static let audience = RouteAudience.loggedIn

  var asker: Session? { session }
}
