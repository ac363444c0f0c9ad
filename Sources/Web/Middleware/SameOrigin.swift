import HTTPTypes
import Hummingbird

/// Refuses what another site makes a browser send: every method but GET, HEAD and OPTIONS is checked by
/// `Sec-Fetch-Site`, else `Origin`, else `Referer`. A request with none of the three comes from no browser
/// that another site can drive, and passes.
public struct SameOrigin<Context: RequestContext>: RouterMiddleware {
  /// The one that people type; nil takes the request's own host.
  private let origin: Origin?

  public init(origin: Origin?) { self.origin = origin }

  public func handle(
    _ request: Request, context: Context, next: (Request, Context) async throws -> Response
  ) async throws -> Response {
    guard [.get, .head, .options].contains(request.method) || isOwn(request) else {
      throw RequestRefusal(
        status: .forbidden, sentence: Sentence("This form was sent from another site, so nothing was done."))
    }
    return try await next(request, context)
  }

  private func isOwn(_ request: Request) -> Bool {
    if let site = request.headers[.secFetchSite] { return site == "same-origin" || site == "none" }
    guard let address = request.headers[.origin] ?? request.headers[.referer] else { return true }
    guard let source = Origin(address) else { return false }
    // A proxy in front may speak HTTPS where it does not here, so the scheme is the browser's to tell.
    return source == origin ?? Origin(scheme: source.scheme, authority: request.head.authority ?? "")
  }
}
