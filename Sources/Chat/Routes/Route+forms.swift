import HTTPTypes
import Hummingbird
import Web

extension Route {
  /// - Parameters:
  ///   - limit: a form past it gets `tooMany`, which shows what was typed again, or where there is none, a plain page.
  ///   - takes: what the handler takes tries of by itself.
  ///   - bytes: the most of its body.
  static func post<Context: RouteContext>(
    _ path: String, limit: RateLimits.Name? = nil, takes: [RateLimits.Name] = [], form bytes: Int,
    _ form: @escaping Form<Context>, tooMany: TooMany<Context>? = nil
  ) -> Route {
    Route(.post, path, limit: limit, taken: takes, body: .form(bytes)) {
      (owner: Owner, gate: Gate, request: Request, context: Context) in
      let fields = try await request.form(limit: bytes)
      if let seconds = gate.take(limit, for: request, context) {
        guard let tooMany else { throw ChatError.tooMany(seconds: seconds) }
        return try await tooMany(owner)(fields, seconds, request, context)
      }
      return try await form(owner)(fields, request, context)
    }
  }

  /// A form that may bring files. They are deleted when it has been answered, unless they were taken.
  /// - Parameter first: what is checked before any of them is received.
  static func post(
    _ path: String, limit: RateLimits.Name? = nil, files: FileForm,
    first check: (@Sendable (Owner) -> (SignedInContext) async throws -> Void)? = nil,
    _ form: @escaping Form<SignedInContext>, tooMany: TooMany<SignedInContext>? = nil
  ) -> Route {
    Route(.post, path, limit: limit, taken: [], body: .files(files)) {
      (owner: Owner, gate: Gate, request: Request, context: SignedInContext) in
      if let check, try request.mayBringFiles { try await check(owner)(context) }
      return try await gate.uploads.withForm(of: request, context, files) { fields in
        if let seconds = gate.take(limit, for: request, context) {
          guard let tooMany else { throw ChatError.tooMany(seconds: seconds) }
          return try await tooMany(owner)(fields, seconds, request, context)
        }
        return try await form(owner)(fields, request, context)
      }
    }
  }
}
