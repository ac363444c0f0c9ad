import Web

/// What a route's handler is given of a request: ``ChatContext``, which anyone has, or ``SignedInContext``, which
/// there is only for who is logged in. So the type of the handler says who may use the route.
protocol RouteContext: RequestScope {
  static var isForAnyone: Bool { get }

  /// Nil where nobody is logged in.
  var asker: Session? { get }

  /// - Throws: ``ChatError/signedOut``.
  init(context: ChatContext) throws
}

extension ChatContext: RouteContext {
  static let isForAnyone = true

  var asker: Session? { session }

  init(context: ChatContext) { self = context }
}

extension SignedInContext: RouteContext {
  static let isForAnyone = false

  var asker: Session? { session }
}
