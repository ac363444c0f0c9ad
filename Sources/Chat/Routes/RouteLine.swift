import HTTPTypes

/// A route as the URL map shows it. There is one without a server or a database.
struct RouteLine: Sendable {
  let method: HTTPRequest.Method
  /// As the router reads it: a segment in braces stands for any.
  let path: String
  let isForAnyone: Bool
  let body: RouteBody
  /// What limits how often it can be used, also where its handler takes the tries by itself.
  let limits: [RateLimits.Name]

  /// Its columns in words.
  var columns: [String] {
    [
      method.rawValue, path, isForAnyone ? "anyone" : "logged in", "\(body)",
      limits.isEmpty ? "no rate limit" : limits.map { "\($0.rate)" }.joined(separator: "; "),
    ]
  }
}
