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
  let site: CurrentSite
  let uploads: Uploads
  private let background = BackgroundWork()
  let exports: Exports
  private let deletions: Deletions
  private let abandoned: AbandonedGroups
  let withdrawals: Withdrawals
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
    let folderOfTemplates = configuration.resources.appending(path: "Templates")
    let words = try Words(folder: folderOfTemplates.appending(path: "languages"))
    let templates = try Templates(
      folder: folderOfTemplates, words: words, trace: configuration.templateTrace)
    let assets = try Assets(
      folder: configuration.resources.appending(path: "Public"), entries: ["app", "account"],
      languages: words.languages)
    let cookies = CookieJar(isSecure: configuration.isHTTPS)
    site = CurrentSite(configuration)
    let layout = PageLayout(templates: templates, assets: assets, cookies: cookies, site: site)
    let limits = RateLimits(areOn: configuration.hasRateLimits)
    let hasher = PasswordHasher(
      background.queue(), parameters: configuration.passwordCost, limits: limits.caps.passwords)
    let folder = try DataFolder(configuration.dataFolder)
    try folder.tighten(logger)
    reservation = try folder.reserve()
    database = try ChatDatabase(path: folder.database, logger: logger, trace: configuration.statementTrace)
    uploads = try Uploads(
      data: folder, database: database, queue: background.queue(), quota: configuration.uploadQuota,
      reserve: configuration.diskReserve, isBounded: limits.areOn, logger: logger)
    exports = Exports(background.queue())
    abandoned = AbandonedGroups(database: database, uploads: uploads, logger: logger)
    withdrawals = Withdrawals(database: database, uploads: uploads, logger: logger)
    deletions = Deletions(
      database: database, uploads: uploads, abandoned: abandoned, delay: configuration.deletionDelay,
      logger: logger)
    let fragments = Fragments(templates: templates, origin: configuration.publicURL.flatMap { Origin($0) })
    let work = SessionWork()
    board = PresenceBoard(grace: configuration.presenceGrace)
    hub = StreamHub(
      database: database, fragments: fragments, board: board, work: work, isBounded: limits.areOn)
    let members = MembersOnline(database: database, board: board)
    presence = PresenceFeed(database: database, board: board, hub: hub, members: members, logger: logger)
    follower = LogFollower(database, from: .now, inHand: database.inHand, logger: logger) { [hub] in
      await hub.publish($0)
    }
    marks = ReadMarks(database: database, hub: hub, fragments: fragments, logger: logger)
    let addresses = ClientAddress(trustedProxies: configuration.trustedProxies)
    connections = Connections(
      share: limits.caps.connections(to: configuration.listener), costs: limits[.connectionCosts],
      addresses: addresses)
    let devices = Devices(addresses: addresses)
    let check = PasswordCheck(database: database, hasher: hasher, limits: limits)
    let pages = ChatPages(
      database: database, board: board, marks: marks, layout: layout, fragments: fragments,
      configuration: configuration, site: site, kept: KeptViews(database: database), members: members)
    let core = Core(
      configuration: configuration, limits: limits, addresses: addresses, database: database, layout: layout,
      fragments: fragments, hasher: hasher, check: check,
      signIn: SignIn(database: database, cookies: cookies, devices: devices),
      farewell: Farewell(database: database, cookies: cookies), uploads: uploads, exports: exports,
      deletions: deletions, abandoned: abandoned, withdrawals: withdrawals, board: board, hub: hub,
      follower: follower, marks: marks,
      pages: pages)
    let router = Router(context: ChatContext.self, options: .autoGenerateHeadEndpoints)
    router.add(
      middleware: SecurityHeaders(
        isHTTPS: configuration.isHTTPS, transport: configuration.strictTransport))
    router.add(middleware: PacedBodies(UnreadBodies(maximumBytes: limits.caps.unreadBytes)))
    if words.languages.count > 1 { router.add(middleware: VaryLanguage()) }
    router.add(middleware: ErrorPages(layout: layout))
    router.add(middleware: NamedHost())
    router.add(middleware: SameOrigin(origin: configuration.publicURL.flatMap { Origin($0) }))
    router.add(middleware: AllowedMethods(Features.lines.map { ($0.path, $0.method) }))
    router.add(
      middleware: SessionMiddleware(
        database: database, cookies: cookies, devices: devices, connections: connections))
    router.add(
      middleware: FairShare(
        database: database, work: work, addresses: addresses, words: words, caps: limits.caps))
    router.add(middleware: Compression())
    for feature in Features.all { feature.add(router, core) }
    responder = router.buildResponder()
  }

  /// What whoever starts it is to know of the chat's owner. Each call makes the link to set it up anew.
  public func ownerNotice() async throws -> OwnerNotice? { try await OwnerNotice.make(in: database) }

  /// Serves until its task is told to stop, then lets requests in flight finish, ends streams and closes
  /// the database.
  /// - Parameter ready: called with the port once requests are taken.
  public func run(ready: @escaping @Sendable (Int) -> Void) async throws {
    try await site.load(from: database)
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
        group.addTask { await abandoned.run() }
        group.addTask { await withdrawals.run() }
        group.addTask { await database.forgetting.run() }
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
