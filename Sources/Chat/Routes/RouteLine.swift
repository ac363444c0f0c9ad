import HTTPTypes
import Web

/// A route as the URL map shows it. There is one without a server or a database.
struct RouteLine: Sendable {
  let method: HTTPRequest.Method
  /// As the router reads it: a segment in braces stands for any.
  let path: String
  let audience: RouteAudience
  let body: RouteBody
  /// What limits how often it can be used, also where its handler takes the tries by itself.
  let limits: [RateLimits.Name]

  /// Its columns in words.
  func columns(in language: Language) -> [String] {
    [
      method.rawValue, path,
      language.text(audience.words), language.text(body.words),
      limits.isEmpty
        ? language.text(Sentence("no rate limit"))
        : limits.map { language.text($0.rate.words) }.joined(separator: "; "),
    ]
  }
}
