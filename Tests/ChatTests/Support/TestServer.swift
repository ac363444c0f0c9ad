import Foundation
import Logging
import ServiceLifecycle
import Testing
import Web

@testable import Chat

/// A whole server on a port of its own, with a database file of its own.
struct TestServer: Sendable {
  let port: Int
  let folder: URL
  let app: App
  let log: LogRecorder
  /// What browsers ask for.
  let language: String?
  /// Another connection to the server's database file.
  let database: ChatDatabase
  private let group: ServiceGroup
  private let running: Task<Void, any Error>

  /// What a test wants other than usual.
  struct Wishes {
    var publicURL: String?
    var trustedProxies: [String] = []
    var hasRateLimits = false
    var signup: Admission?
    /// Whether nobody has had an account yet, so that the first one becomes the owner's.
    var awaitsOwner = false
    var uploadQuota: Int64 = 1 << 30
    /// However full the disk of the tests is.
    var diskReserve = DiskRoom.Reserve.bytes(0)
    var deletionDelay: Int64 = 10_000
    var passwordCost = TestServer.cheap
    var maximumConnections = 500
    var strictTransport = StrictTransport.host
    /// The folder with `Templates` and `Public`.
    var resources = TestServer.root
    /// What browsers ask for.
    var language: String?
    var logLevel = Logger.Level.warning
    /// Whether something is meant to go wrong inside.
    var logsErrors = false
    /// Is told every statement of the server as it begins.
    var trace: @Sendable (String) -> Void = { _ in }
  }

  /// Runs `body` beside a server, then stops it and expects that it never failed inside.
  /// - Parameter folder: one to use and keep; nil makes a new one and deletes it afterwards.
  static func with(
    _ wishes: Wishes = Wishes(), folder given: URL? = nil,
    sourceLocation: SourceLocation = #_sourceLocation,
    _ body: (TestServer) async throws -> Void
  ) async throws {
    await Slots.servers.take()
    let folder = given ?? newFolder()
    let outcome: Result<LogRecorder, any Error>
    do {
      let server = try await start(folder, wishes)
      do {
        try await body(server)
        try await server.stop()
        let slow = try await QueryPlans.all.slow(in: server.database)
        #expect(slow.isEmpty, "a query grows with a table", sourceLocation: sourceLocation)
        #expect(ViewNames.all.slips.isEmpty, "templates and views differ", sourceLocation: sourceLocation)
        outcome = .success(server.log)
      } catch {
        try? await server.stop()
        outcome = .failure(error)
      }
      await server.database.close()
    } catch {
      outcome = .failure(error)
    }
    if given == nil { try? FileManager.default.removeItem(at: folder) }
    await Slots.servers.giveBack()
    let errors = try outcome.get().errors
    guard !wishes.logsErrors else { return }
    #expect(errors.isEmpty, "the server logged errors", sourceLocation: sourceLocation)
  }

  /// Stops it as the first signal does, and returns when it is down.
  func stop() async throws {
    await group.triggerGracefulShutdown()
    try await running.value
  }

  static func newFolder() -> URL {
    FileManager.default.temporaryDirectory.appending(path: "nextalk-test-\(UUID().uuidString)")
  }

  static let root = (0..<4).reduce(URL(filePath: #filePath)) { url, _ in url.deletingLastPathComponent() }

  static func configuration(_ folder: URL, _ wishes: Wishes = Wishes()) -> Configuration {
    Configuration(
      listener: Listener(host: "127.0.0.1", port: 0, tls: nil, maximumConnections: wishes.maximumConnections),
      dataFolder: folder, resources: wishes.resources, publicURL: wishes.publicURL,
      trustedProxies: wishes.trustedProxies, hasRateLimits: wishes.hasRateLimits,
      signup: wishes.signup, uploadQuota: wishes.uploadQuota,
      diskReserve: wishes.diskReserve,
      deletionDelay: wishes.deletionDelay, strictTransport: wishes.strictTransport)
  }

  private static func start(_ folder: URL, _ wishes: Wishes) async throws -> TestServer {
    let log = LogRecorder()
    var configuration = configuration(folder, wishes)
    configuration.passwordCost = wishes.passwordCost
    configuration.statementTrace = { [trace = wishes.trace] sql in
      QueryPlans.all.note(sql)
      trace(sql)
    }
    configuration.templateTrace = { ViewNames.all.note($0, $1) }
    let app = try App(configuration, logger: log.logger(level: wishes.logLevel))
    let (ports, ready) = AsyncStream<Int>.makeStream()
    var quiet = Logger(label: "test.group")
    quiet.logLevel = .critical
    let group = ServiceGroup(
      configuration: .init(
        services: [
          .init(
            service: Running { try await app.run { ready.yield($0) } },
            successTerminationBehavior: .gracefullyShutdownGroup)
        ], logger: quiet))
    let running = Task {
      defer { ready.finish() }
      try await group.run()
    }
    // None where it cannot start, and in a test that was cancelled: then it must be ended, or this waits for ever.
    guard let port = await ports.first(where: { _ in true }) else {
      await group.triggerGracefulShutdown()
      try await running.value
      throw NotReady()
    }
    let database = try ChatDatabase(path: DataFolder(folder).database, isServer: false)
    if !wishes.awaitsOwner {
      try await database.writer.write { try $0.execute(sql: "UPDATE site SET awaits_owner = 0 WHERE id = 1") }
    }
    return TestServer(
      port: port, folder: folder, app: app, log: log, language: wishes.language, database: database,
      group: group, running: running)
  }

  struct NotReady: Error {}

  private struct Running: Service {
    let body: @Sendable () async throws -> Void

    func run() async throws { try await body() }
  }
}
