import Hummingbird
import NIOCore

/// What the middleware of this module needs of a request's context.
public protocol RequestScope: RequestContext {
  /// The connection, or its stream where the protocol is HTTP/2.
  var channel: any Channel { get }
}
