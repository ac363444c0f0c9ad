import HTTPTypes
import Hummingbird

/// The headers that every answer carries, and for HEAD nothing else. A response that brings a content
/// security policy of its own keeps it.
public struct SecurityHeaders<Context: RequestContext>: RouterMiddleware {
  private let isHTTPS: Bool
  private let transport: StrictTransport

  public init(isHTTPS: Bool, transport: StrictTransport) {
    self.isHTTPS = isHTTPS
    self.transport = transport
  }

  public func handle(
    _ request: Request, context: Context, next: (Request, Context) async throws -> Response
  ) async throws -> Response {
    var response = try await next(request, context)
    // Not every answer comes from a route that knows what HEAD leaves out (RFC 9110, 9.3.2).
    if request.method == .head { response = response.createHeadResponse() }
    if response.headers[.contentSecurityPolicy] == nil {
      response.headers[.contentSecurityPolicy] = Self.policy(styleHash: nil)
    }
    response.headers[.xContentTypeOptions] = "nosniff"
    response.headers[.referrerPolicy] = "same-origin"
    response.headers[.crossOriginResourcePolicy] = "same-origin"
    // Elsewhere a browser ignores it, and complains of it at every page (W3C Secure Contexts, 3.1).
    if isHTTPS || LocalNetwork.isLoopback(authority: request.head.authority ?? "") {
      response.headers[.crossOriginOpenerPolicy] = "same-origin"
    }
    if isHTTPS { response.headers[.strictTransportSecurity] = transport.field }
    return response
  }

  /// - Parameter styleHash: the base64 SHA-256 of the one inline style sheet that the page holds.
  public static func policy(styleHash: String?) -> String {
    let style = styleHash.map { " 'sha256-\($0)'" } ?? ""
    return "default-src 'none'; script-src 'self'; style-src 'self'\(style); img-src 'self' data: blob:; "
      + "connect-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
  }
}
