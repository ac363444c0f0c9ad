import HTTPTypes
import Hummingbird

/// Refuses with 400 what comes over HTTP/2 and does not name one host, in `:authority` or in `Host`
/// (RFC 9113, 8.3.1). Over HTTP/1 ``RequestHeads`` has done so.
public struct NamedHost<Context: RequestScope>: RouterMiddleware {
  public init() {}

  public func handle(
    _ request: Request, context: Context, next: (Request, Context) async throws -> Response
  ) async throws -> Response {
    guard !context.channel.isStream || HostField.isProper(in: request.head) else {
      throw RequestRefusal(
        status: .badRequest, sentence: Sentence("The request does not say which host it is for."))
    }
    return try await next(request, context)
  }
}
