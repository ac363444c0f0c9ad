import Foundation
import Hummingbird
import Logging
import NIOCore
import ServiceLifecycle
import Web

/// The product: builds every part once, by hand, and runs them.
public struct App: Sendable {
  private let configuration: Configuration
  private let logger: Logger
  private let reservation: DataFolder.Reservation
  private let database: ChatDatabase
  private let uploads: Uploads
  private let background = BackgroundWork()
  let exports: Exports
  private let deletions: Deletions
  let live: Live
  private let connections: Connections
  private let responder: RouterResponder<ChatContext>

  /// Opens the database and reads templates and assets. Blocks.
  /// - Throws: what the owner can mend, as an error whose description is a sentence.
  public init(_ configuration: Configuration, logger: Logger) throws {
    self.configuration = configuration
    self.logger = logger
    let templates = try Templates(folder: configuration.resources.appending(path: "Templates"))
    let assets = try Assets(folder: configuration.resources.appending(path: "Public"))
    let cookies = CookieJar(isSecure: configuration.isHTTPS)
    let layout = PageLayout(templates: templates, assets: assets, cookies: cookies)
    let limits = RateLimits(areOn: configuration.hasRateLimits)
    let hasher = PasswordHasher(background.queue(), limits: limits.caps.passwords)
    let folder = try DataFolder(configuration.dataFolder)
    try folder.tighten(logger)
    reservation = try folder.reserve()
    database = try ChatDatabase(path: folder.database, trace: configuration.statementTrace)
    uploads = try Uploads(
      data: folder, database: database, queue: background.queue(), quota: configuration.uploadQuota,
      reserve: configuration.diskReserve, isBounded: limits.areOn, logger: logger)
    exports = Exports(background.queue())
    deletions = Deletions(
      database: database, uploads: uploads, delay: configuration.deletionDelay, logger: logger)
    let messages = MessageFragment(templates: templates)
    let rows = RowFragment(templates: templates)
    let renderer = EventRenderer(fragments: Fragments(templates: templates, rows: rows), messages: messages)
    let work = SessionWork()
    live = Live(database: database, renderer: renderer, work: work, isBounded: limits.areOn, logger: logger)
    let addresses = ClientAddress(trustedProxies: configuration.trustedProxies)
    connections = Connections(
      share: limits.caps.connections(to: configuration.listener), costs: limits[.connectionCosts],
      addresses: addresses)
    let devices = Devices(addresses: addresses)
    let check = PasswordCheck(database: database, hasher: hasher, limits: limits)
    let pages = ChatPages(
      database: database, live: live, layout: layout, messages: messages, rows: rows,
      publicURL: configuration.publicURL,
      scheme: configuration.isHTTPS ? "https" : "http")
    let core = Core(
      configuration: configuration, limits: limits, addresses: addresses, database: database, layout: layout,
      hasher: hasher, check: check, signIn: SignIn(database: database, cookies: cookies, devices: devices),
      farewell: Farewell(database: database, cookies: cookies), uploads: uploads, exports: exports,
      deletions: deletions, renderer: renderer, live: live, pages: pages)
    let router = Router(context: ChatContext.self, options: .autoGenerateHeadEndpoints)
    router.add(
      middleware: SecurityHeaders(
        isHTTPS: configuration.isHTTPS, transport: configuration.strictTransport))
    router.add(middleware: PacedBodies(UnreadBodies(maximumBytes: limits.caps.unreadBytes)))
    router.add(middleware: ErrorPages(layout: layout))
    router.add(middleware: NamedHost())
    router.add(middleware: SameOrigin(origin: configuration.publicURL))
    router.add(middleware: AllowedMethods(Features.lines.map { ($0.path, $0.method) }))
    router.add(
      middleware: SessionMiddleware(
        database: database, cookies: cookies, devices: devices, connections: connections))
    router.add(
      middleware: FairShare(database: database, work: work, addresses: addresses, caps: limits.caps))
    router.add(middleware: Compression())
    for feature in Features.all { feature.add(router, core) }
    responder = router.buildResponder()
  }

  /// Serves until its task is told to stop, then lets requests in flight finish, ends streams and closes
  /// the database.
  /// - Parameter ready: called with the port once requests are taken.
  public func run(ready: @escaping @Sendable (Int) -> Void) async throws {
    try await live.start()
    let application = Application(
      responder: responder, server: try configuration.listener.server(connections),
      configuration: configuration.listener.configuration,
      onServerRunning: { ready($0.localAddress?.port ?? configuration.listener.port) }, logger: logger)
    do {
      try await withThrowingTaskGroup { group in
        group.addTask { await live.run() }
        group.addTask { await connections.run() }
        group.addTask { await uploads.run() }
        group.addTask { await deletions.run() }
        defer { group.cancelAll() }
        try await withGracefulShutdownHandler {
          try await application.run()
        } onGracefulShutdown: {
          exports.shutDown()
          Task { await live.shutDown() }
        }
        // Streams outlive the tasks of their requests, which the server waits for.
        await live.shutDown()
      }
    } catch {
      await close()
      throw error
    }
    await close()
  }

  private func close() async {
    await background.finish()
    await uploads.close()
    await database.close()
    reservation.release()
  }
}
