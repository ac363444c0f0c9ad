import Hummingbird
import NIOCore

/// Has every body that is more than a connection takes at once written by ``PacedBodyWriter``, whatever makes it: a file, a
/// page, an archive, the beginning of an event stream. It stands outside of all that changes bodies.
public struct PacedBodies<Context: RequestScope>: RouterMiddleware {
  public init() {}

  public func handle(
    _ request: Request, context: Context, next: (Request, Context) async throws -> Response
  ) async throws -> Response {
    var response = try await next(request, context)
    guard response.isLarge else { return response }
    let (body, channel) = (response.body, context.channel)
    response.body = ResponseBody(contentLength: body.contentLength) { writer in
      try await body.write(try await PacedBodyWriter(writer, on: channel))
    }
    return response
  }
}

extension Response {
  /// Whether its body is more than a connection takes at once, which is 64 KiB, or may be.
  public var isLarge: Bool { body.contentLength.map { $0 > 64 << 10 } ?? true }
}
