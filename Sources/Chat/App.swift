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
  let database: ChatDatabase
  private let uploads: Uploads
  private let background = BackgroundWork()
  let exports: Exports
  private let deletions: Deletions
  let board: PresenceBoard
  let hub: StreamHub
  private let presence: PresenceFeed
  private let follower: LogFollower
  let marks: ReadMarks
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
    let limits = configuration.hasRateLimits
    let hasher = PasswordHasher(background.queue(), limits: limits ? .init() : .off)
    let folder = try DataFolder(configuration.dataFolder)
    try folder.tighten(logger)
    reservation = try folder.reserve()
    database = try ChatDatabase(path: folder.database, logger: logger, trace: configuration.statementTrace)
    uploads = try Uploads(
      data: folder, database: database, queue: background.queue(), quota: configuration.uploadQuota,
      reserve: configuration.diskReserve, isBounded: limits, logger: logger)
    exports = Exports(background.queue())
    deletions = Deletions(
      database: database, uploads: uploads, delay: configuration.deletionDelay, logger: logger)
    let fragments = Fragments(
      templates: templates, rows: RowFragment(templates: templates),
      messages: MessageFragment(templates: templates))
    let work = SessionWork()
    board = PresenceBoard()
    hub = StreamHub(
      database: database, fragments: fragments, board: board, work: work, isBounded: limits)
    presence = PresenceFeed(database: database, board: board, hub: hub, logger: logger)
    follower = LogFollower(database, from: .now, inHand: database.inHand, logger: logger) { [hub] in
      await hub.publish($0)
    }
    marks = ReadMarks(database: database, hub: hub, fragments: fragments, logger: logger)
    let addresses = ClientAddress(trustedProxies: configuration.trustedProxies)
    connections = Connections(
      share: limits ? configuration.listener.connectionsPerNetwork : nil, addresses: addresses)
    let devices = Devices(addresses: addresses)
    let check = PasswordCheck(
      database: database, hasher: hasher, limit: limits ? RateLimit(burst: 20, refill: .seconds(10)) : nil,
      wrongLimit: limits ? RateLimit(burst: 5, refill: .seconds(60)) : nil)
    let signIn = SignIn(database: database, cookies: cookies, devices: devices)
    let pages = ChatPages(
      database: database, board: board, marks: marks, layout: layout, fragments: fragments,
      publicURL: configuration.publicURL, scheme: configuration.isHTTPS ? "https" : "http",
      kept: KeptViews(database: database))
    let settings = SettingsPage(database: database, layout: layout)
    let farewell = Farewell(database: database, cookies: cookies)
    let routes = Routes(
      signUp: SignUp(
        database: database, layout: layout, hasher: hasher, signIn: signIn,
        isOpen: configuration.isSignupOpen,
        limit: limits ? RateLimit(burst: 20, refill: .seconds(60)) : nil, addresses: addresses,
        farewell: farewell),
      logIn: LogIn(
        database: database, layout: layout, hasher: hasher, signIn: signIn,
        isSignupOpen: configuration.isSignupOpen, limits: limits ? LogInLimits() : nil, addresses: addresses,
        farewell: farewell),
      signIn: signIn,
      pages: pages,
      sending: Sending(
        database: database, pages: pages, board: board, fragments: fragments, uploads: uploads,
        limit: limits ? RateLimit(burst: 60, refill: .seconds(1)) : nil),
      reading: Reading(database: database, marks: marks),
      profile: Profile(
        database: database, layout: layout, uploads: uploads,
        limit: limits ? RateLimit(burst: 20, refill: .seconds(10)) : nil),
      settings: settings,
      theme: ThemeSetting(
        database: database, page: settings, cookies: cookies,
        limit: limits ? RateLimit(burst: 20, refill: .seconds(10)) : nil),
      password: PasswordChange(
        database: database, page: settings, check: check, hasher: hasher, cookies: cookies),
      email: EmailChange(database: database, page: settings, check: check),
      sessions: SessionList(
        database: database, page: settings, check: check,
        limit: limits ? RateLimit(burst: 30, refill: .seconds(10)) : nil, cookies: cookies),
      privacy: PrivacySetting(
        database: database, page: settings, follower: follower,
        limit: limits ? RateLimit(burst: 20, refill: .seconds(10)) : nil),
      clock: ClockSetting(
        database: database, page: settings,
        limit: limits ? RateLimit(burst: 20, refill: .seconds(10)) : nil),
      shortcuts: ShortcutsPage(database: database, layout: layout),
      data: DataPage(
        database: database, layout: layout, uploads: uploads, exports: exports,
        limit: limits ? RateLimit(burst: 5, refill: .seconds(600)) : nil),
      deletion: DeletionForm(
        database: database, layout: layout, settings: settings, deletions: deletions, check: check,
        farewell: farewell, cookies: cookies),
      uploads: UploadsRoute(database: database, uploads: uploads),
      events: EventsRoute(
        hub: hub, board: board, marks: marks, database: database, fragments: fragments, addresses: addresses,
        streams: limits ? ConcurrencyLimit(maximum: EventsRoute.maximumStreams) : nil,
        replays: limits
          ? ConcurrencyLimit(maximum: EventsRoute.maximumReplays, maximumWaiting: OpenStreams.mostPerUser)
          : nil),
      health: Health(database: database),
      assets: assets)
    let router = Router(context: ChatContext.self, options: .autoGenerateHeadEndpoints)
    router.add(
      middleware: SecurityHeaders(
        isHTTPS: configuration.isHTTPS, transport: configuration.strictTransport))
    router.add(middleware: PacedBodies(UnreadBodies(maximumBytes: limits ? 64 << 20 : nil)))
    router.add(middleware: ErrorPages(layout: layout))
    router.add(middleware: NamedHost())
    router.add(middleware: SameOrigin(origin: configuration.publicURL))
    router.add(middleware: AllowedMethods(routes.addresses))
    router.add(
      middleware: SessionMiddleware(
        database: database, cookies: cookies, devices: devices, connections: connections))
    router.add(middleware: FairShare(database: database, work: work, addresses: addresses, isBounded: limits))
    router.add(middleware: Compression())
    routes.add(to: router)
    responder = router.buildResponder()
  }

  /// Serves until its task is told to stop, then lets requests in flight finish, ends streams and closes
  /// the database.
  /// - Parameter ready: called with the port once requests are taken.
  public func run(ready: @escaping @Sendable (Int) -> Void) async throws {
    try await presence.start()
    try await follower.start()
    let application = Application(
      responder: responder, server: try configuration.listener.server(connections),
      configuration: configuration.listener.configuration,
      onServerRunning: { ready($0.localAddress?.port ?? configuration.listener.port) }, logger: logger)
    do {
      try await withThrowingTaskGroup { group in
        for part in [
          presence.run, hub.run, follower.run, marks.run, EventLog(database: database, logger: logger).run,
        ] {
          group.addTask { await part() }
        }
        group.addTask { await connections.run() }
        group.addTask { await uploads.run() }
        group.addTask { await deletions.run() }
        group.addTask { await database.removeOldBackups() }
        defer { group.cancelAll() }
        try await withGracefulShutdownHandler {
          try await application.run()
        } onGracefulShutdown: {
          exports.shutDown()
          Task { await hub.shutDown() }
        }
        // Streams outlive the tasks of their requests, which the server waits for.
        await hub.shutDown()
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
