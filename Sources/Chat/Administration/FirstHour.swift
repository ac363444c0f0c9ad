import HTTPTypes
import Hummingbird
import Web

/// Who may make the owner's account without a link: somebody at the machine itself, who has reached the server by its own
/// address and through nothing in between.
struct FirstHour: Sendable {
  let configuration: Configuration
  let addresses: ClientAddress

  private static let forwarding = [
    "Forwarded", "Via", "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Real-IP",
  ].compactMap { HTTPField.Name($0) }

  /// A name that leads to this machine from elsewhere (DNS rebinding) does not count: the host has to be this machine's own.
  func isAtTheMachine(_ request: Request, _ context: ChatContext) -> Bool {
    configuration.publicURL == nil
      && addresses.peer(of: context.channel).map { LocalNetwork.isLoopback($0) } ?? false
      && request.head.authority.map { LocalNetwork.isLoopback(authority: $0) } ?? false
      && Self.forwarding.allSatisfy { request.headers[$0] == nil }
  }
}
