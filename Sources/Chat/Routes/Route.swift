import HTTPTypes
import Hummingbird
import Web

/// One line of the URL map, in the folder of the feature whose it is: method, address, limits and handler. Who may
/// use it follows from what the handler takes, see ``RouteContext``.
///
/// It is a description: the same list serves the router, with the one `Owner` that the program has built, and
/// `nextalk routes`, with none.
struct Route<Owner: Sendable>: Sendable {
  /// Handlers as methods of the owner that are not bound to one yet: `submit`.
  typealias Page<Context> = @Sendable (Owner) -> (Request, Context) async throws -> Response
  typealias Form<Context> = @Sendable (Owner) -> (FormFields, Request, Context) async throws -> Response
  /// Answers a form that came too often, with the seconds to wait.
  typealias TooMany<Context> =
    @Sendable (Owner) -> (FormFields, Int, Request, Context) async throws -> Response

  let line: RouteLine
  private let respond: @Sendable (Owner, Gate, Request, ChatContext) async throws -> Response

  /// - Parameters:
  ///   - limit: what the gate takes a try of.
  ///   - taken: what the handler takes tries of by itself.
  init<Context: RouteContext>(
    _ method: HTTPRequest.Method, _ path: String, limit: RateLimits.Name?, taken: [RateLimits.Name],
    body: RouteBody,
    _ respond: @escaping @Sendable (Owner, Gate, Request, Context) async throws -> Response
  ) {
    line = RouteLine(
      method: method, path: path, audience: Context.audience, body: body,
      limits: (limit.map { [$0] } ?? []) + taken)
    self.respond = { owner, gate, request, context in
      try await respond(owner, gate, request, Context(context: context))
    }
  }

  func add(to router: Router<ChatContext>, of owner: Owner, behind gate: Gate) {
    router.on(RouterPath(line.path), method: line.method) { [respond] request, context in
      try await respond(owner, gate, request, context)
    }
  }
}

extension Route {
  static func get<Context: RouteContext>(
    _ path: String, limit: RateLimits.Name? = nil, _ page: @escaping Page<Context>
  ) -> Route {
    .page(.get, path, limit, page)
  }

  /// What is posted there says all by its address: a body is passed over.
  static func post<Context: RouteContext>(
    _ path: String, limit: RateLimits.Name? = nil, _ page: @escaping Page<Context>
  ) -> Route {
    .page(.post, path, limit, page)
  }

  private static func page<Context: RouteContext>(
    _ method: HTTPRequest.Method, _ path: String, _ limit: RateLimits.Name?, _ page: @escaping Page<Context>
  ) -> Route {
    Route(method, path, limit: limit, taken: [], body: .none) {
      (owner: Owner, gate: Gate, request: Request, context: Context) in
      if let seconds = gate.take(limit, for: request, context) { throw ChatError.tooMany(seconds: seconds) }
      return try await page(owner)(request, context)
    }
  }
}
