import HTTPTypes
import Hummingbird

/// Refuses what another site makes a browser send: every method but GET, HEAD and OPTIONS is checked by
/// `Sec-Fetch-Site`, else `Origin`, else `Referer`. A request with none of the three comes from no browser
/// that another site can drive, and passes.
public struct SameOrigin<Context: RequestContext>: RouterMiddleware {
  /// The origin that people type, such as `https://chat.example.org`; nil takes the request's own host.
  private let origin: String?

  public init(origin: String?) { self.origin = origin }

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
    guard let source = request.headers[.origin] ?? request.headers[.referer] else { return true }
    guard let (scheme, authority) = Self.parts(source) else { return false }
    if let origin, let own = Self.parts(origin) { return own == (scheme, authority) }
    return authority == (request.head.authority ?? "").lowercased()
  }

  private static func parts(_ address: String) -> (String, String)? {
    guard let range = address.range(of: "://") else { return nil }
    let authority = address[range.upperBound...].prefix { $0 != "/" && $0 != "?" && $0 != "#" }
    return (address[..<range.lowerBound].lowercased(), authority.lowercased())
  }
}
