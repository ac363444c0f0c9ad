import GRDB
import Synchronization
import Web

/// The chat as it is set up now, for whoever renders a page: read at the start, and again whenever it was changed. Any
/// thread may ask.
final class CurrentSite: Sendable {
  private let configuration: Configuration
  private let state = Mutex(Site())

  init(_ configuration: Configuration) { self.configuration = configuration }

  var site: Site { state.withLock { $0 } }

  /// What was said where the server was started wins.
  var admission: Admission { configuration.signup ?? site.admission ?? .open }

  /// The same as a write sees it, whatever has been changed meanwhile.
  func admission(in db: Database) throws -> Admission {
    try configuration.signup ?? Site.load(in: db).admission ?? .open
  }

  /// The one that people type, as far as somebody has said. One that leads everyone to their own machine is none.
  var address: String? {
    if let address = configuration.publicURL { return address }
    guard let address = site.address, let origin = Origin(address), !LocalNetwork.isLoopback(origin.host)
    else { return nil }
    return address
  }

  func take(_ site: Site) { state.withLock { $0 = site } }

  func load(from database: ChatDatabase) async throws {
    take(try await database.read { try Site.load(in: $0) })
  }
}
