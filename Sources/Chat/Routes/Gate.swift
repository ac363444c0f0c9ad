import Hummingbird
import Web

/// What every request to a route goes through before its handler: its form is read within its bounds, and a try of
/// the route's limit is taken.
struct Gate: Sendable {
  let limits: RateLimits
  let addresses: ClientAddress
  let uploads: Uploads

  /// - Returns: nil where there was a try left, else the seconds to wait for one.
  func take(_ limit: RateLimits.Name?, for request: Request, _ context: some RouteContext) -> Int? {
    guard let limit, let tries = limits[limit] else { return nil }
    return tries.take(key(limit.rate.key, of: request, context))
  }

  /// Who is not logged in is counted by address, and so is what only a handler knows to tell apart.
  private func key(_ key: Rate.Key, of request: Request, _ context: some RouteContext) -> String {
    switch (key, context.asker) {
    case (.person, let session?): String(session.user.id)
    case (.session, let session?): String(session.id)
    default: ClientAddress.network(of: addresses.of(request, channel: context.channel))
    }
  }
}
