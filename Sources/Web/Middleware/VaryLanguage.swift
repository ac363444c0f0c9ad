import HTTPTypes
import Hummingbird

/// Tells caches that what varies by whom it is for varies by their language too. There only where there is more than
/// one.
public struct VaryLanguage<Context: RequestContext>: RouterMiddleware {
  public init() {}

  public func handle(
    _ request: Request, context: Context, next: (Request, Context) async throws -> Response
  ) async throws -> Response {
    var response = try await next(request, context)
    if let vary = response.headers[.vary], vary.hasPrefix(Response.pageVary) {
      response.headers[.vary] = vary + ", Accept-Language"
    }
    return response
  }
}
