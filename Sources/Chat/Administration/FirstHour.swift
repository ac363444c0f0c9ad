import HTTPTypes
import Hummingbird
import Web

/// Who may make the owner's account without a link: somebody at the machine itself, who has reached the server by its own
/// address and through nothing in between.
struct FirstHour: Sendable {
  let configuration: Configuration
  let addresses: ClientAddress

  /// Beside all that begin with `X-Forwarded-`.
  private static let forwarding: Set = [
    "forwarded", "via", "x-real-ip", "cf-connecting-ip", "true-client-ip",
  ]

  func isAtTheMachine(_ request: Request, _ context: ChatContext) -> Bool {
    configuration.publicURL == nil && configuration.trustedProxies.isEmpty
      && Self.isAtTheMachine(
        peer: addresses.peer(of: context.channel), authority: request.head.authority,
        headers: request.headers)
  }

  /// A name that leads to this machine from elsewhere (DNS rebinding) does not count: the host has to be this machine's own, and
  /// so has the page that a form comes from. Pure.
  /// - Parameters:
  ///   - peer: the other end of the connection.
  ///   - authority: what the request says in `Host`.
  static func isAtTheMachine(peer: String?, authority: String?, headers: HTTPFields) -> Bool {
    guard let peer, let authority, LocalNetwork.isLoopback(peer),
      LocalNetwork.isLoopback(authority: authority)
    else { return false }
    let names = headers.map(\.name.canonicalName)
    guard !names.contains(where: { forwarding.contains($0) || $0.hasPrefix("x-forwarded-") }) else {
      return false
    }
    guard let page = headers[.origin], page != "null" else { return true }
    return Origin(page).map { LocalNetwork.isLoopback($0.host) } ?? false
  }
}
