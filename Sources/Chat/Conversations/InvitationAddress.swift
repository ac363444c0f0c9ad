import Hummingbird
import Web

/// The address that one sends others so that they come, as far as the server can tell. Pure.
enum InvitationAddress: Sendable, Hashable {
  case address(String)
  /// The server listens to this machine alone, and nobody has said that a proxy stands in front.
  case onlyHere

  /// - Parameters:
  ///   - publicURL: what the owner says that people type.
  ///   - listener: the host that the server listens on.
  ///   - authority: what the one who asks typed, from the request.
  ///   - scheme: http or https.
  ///   - machine: this machine's address on its network.
  init(
    publicURL: String?, listener: String, authority: String, scheme: String,
    machine: @autoclosure () -> String?
  ) {
    let asked = Origin(scheme: scheme, authority: authority)
    if let publicURL {
      self = .address(publicURL)
    } else if let asked, !LocalNetwork.isLoopback(asked.host), !LocalNetwork.isAnyAddress(asked.host) {
      self = .address("\(scheme)://\(authority)")
    } else if let asked, LocalNetwork.isAnyAddress(listener), let machine = machine() {
      let port = ["http": 80, "https": 443][scheme] == asked.port ? "" : ":\(asked.port)"
      self = .address("\(scheme)://\(machine)\(port)")
    } else {
      self = .onlyHere
    }
  }

  init(_ configuration: Configuration, _ site: CurrentSite, _ request: Request) {
    self.init(
      publicURL: site.address, listener: configuration.listener.host,
      authority: request.head.authority ?? "", scheme: configuration.isHTTPS ? "https" : "http",
      machine: LocalNetwork.address())
  }

  var text: String? { if case .address(let text) = self { text } else { nil } }
}
