import HTTPTypes
import Hummingbird

/// Answers 405 with `Allow` where an address exists but not for the request's method (RFC 9110, 15.5.6).
public struct AllowedMethods<Context: RequestContext>: RouterMiddleware {
  /// One address: its segments, where one in braces stands for any, and the methods it takes.
  public struct Address: Sendable {
    fileprivate let segments: [Substring]
    fileprivate var methods: [HTTPRequest.Method]

    fileprivate func matches(_ path: [Substring]) -> Bool {
      guard segments.last == "**" ? path.count >= segments.count : path.count == segments.count else {
        return false
      }
      return zip(segments, path).allSatisfy { $0 == $1 || $0.hasPrefix("{") || $0 == "**" }
    }
  }

  private let addresses: [Address]

  public init(_ routes: [(path: String, method: HTTPRequest.Method)]) {
    var addresses: [String: Address] = [:]
    for route in routes {
      let segments = route.path.split(separator: "/")
      addresses[route.path, default: Address(segments: segments, methods: [])].methods.append(route.method)
      if route.method == .get { addresses[route.path]?.methods.append(.head) }
    }
    self.addresses = Array(addresses.values)
  }

  public func handle(
    _ request: Request, context: Context, next: (Request, Context) async throws -> Response
  ) async throws -> Response {
    let path = request.uri.path.split(separator: "/")
    let matching = addresses.filter { $0.matches(path) }
    guard matching.isEmpty || matching.contains(where: { $0.methods.contains(request.method) }) else {
      let allowed = matching.flatMap { $0.methods.map(\.rawValue) }.sorted().joined(separator: ", ")
      throw RequestRefusal(
        status: .methodNotAllowed, headers: [.allow: allowed],
        sentence: Sentence("This address cannot be used that way."))
    }
    return try await next(request, context)
  }
}
