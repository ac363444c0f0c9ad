import Foundation
import GRDB
import Logging
import Web

/// The one SQLite file: readers in a pool, a single writer, in WAL mode with `synchronous=FULL`, so that
/// what was answered is on the disk.
///
/// Only the writer's own connection checkpoints, between its batches: SQLite up to 3.51.2 can damage a WAL
/// that one connection resets while another writes.
package struct ChatDatabase: Sendable {
  package let pool: DatabasePool
  let writer: Writer
  let accounts: AccountChanges
  let pages: PageChanges
  let forgetting: Forgetting
  let inHand = InHand()
  private let snapshots: SnapshotSource
  private let backups: MigrationBackups
  private let threads: BlockingThreads

  /// What the owner can mend, as a sentence.
  enum Failure: SentenceError {
    case newerThanProgram(String)
    case olderThanProgram(String)
    case unusable(String, reason: String)

    var sentence: Sentence {
      switch self {
      case .newerThanProgram(let path):
        Sentence(
          "The database {path} was written by a newer Nextalk. Start that version, or another data folder.",
          ["path": path])
      case .olderThanProgram(let path):
        Sentence(
          """
          The database {path} is that of an older Nextalk, and only the server brings it up to date. Start this \
          version of Nextalk once, then try again.
          """, ["path": path])
      case .unusable(let path, let reason):
        Sentence("The database {path} cannot be used: {reason}.", ["path": path, "reason": reason])
      }
    }
  }

  /// Opens the file, makes it if there is none, and brings its schema up to date, after a copy of what was there
  /// before. Blocks.
  /// - Parameter isServer: false for a command beside a server that may be running, maybe an older one: it makes no
  ///   file, leaves the schema as it is and checkpoints to the server.
  /// - Throws: ``Failure``, ``MigrationBackups/Failure``.
  package init(path: String, isServer: Bool = true) throws {
    try self.init(path: path, isServer: isServer, trace: nil)
  }

  /// - Parameters:
  ///   - maximumBatch: the most writes in one transaction; 1 only to measure what sharing one brings.
  ///   - logger: is told what the owner should know.
  ///   - trace: is told every statement as it begins.
  /// - Throws: ``Failure``, ``MigrationBackups/Failure``.
  init(
    path: String, isServer: Bool = true, maximumBatch: Int = Writer.maximumBatch,
    logger: Logger = Logger(label: "nextalk.database"), trace: (@Sendable (String) -> Void)?
  ) throws {
    backups = MigrationBackups(of: path)
    let log: WriteAheadLog
    do {
      if isServer { backups.removeOld(isStart: true) }
      if !isServer || FileManager.default.fileExists(atPath: path) {
        try Self.look(at: path, isServer: isServer, backups)
      }
      pool = try DatabasePool(path: path, configuration: Self.configuration(trace))
      // GRDB sets NORMAL when it turns WAL on, which is after it prepared the connection.
      try pool.writeWithoutTransaction { db in
        try db.execute(
          sql: "PRAGMA synchronous = FULL; PRAGMA journal_size_limit = \(WriteAheadLog.sizeLimit)")
      }
      if isServer {
        try Migrations.migrator.migrate(pool)
        try pool.write { try FoldedName.refresh(in: $0) }
      }
      snapshots = try SnapshotSource(of: pool)
      pages = PageChanges(lastEvent: try pool.read { try Event.newestOfAll(in: $0) })
      let accounts = AccountChanges(snapshots, pages: pages)
      accounts.follow(pool)
      self.accounts = accounts
      pool.add(transactionObserver: pages, extent: .databaseLifetime)
      log = WriteAheadLog(of: pool, logger: logger)
      CommitHook({ _ in accounts.wrote() }, log.grew(to:)).attach(to: pool)
    } catch let error as DatabaseError {
      throw Failure.unusable(path, reason: error.message ?? "error \(error.resultCode.rawValue)")
    }
    threads = BlockingThreads(Self.readers)
    writer = Writer(pool: pool, pages: pages, maximumBatch: maximumBatch, log: isServer ? log : nil)
    forgetting = Forgetting(writer, logger: logger)
  }

  /// What ``read(_:)`` sees if it begins now, or something older; nil where that is not sure.
  var snapshot: Snapshot? { snapshots.current }

  /// Whether no other program has written since this one did, as far as can be told without a read.
  var knowsNewest: Bool { accounts.isNewest(snapshots.current) }

  /// Reads what one page shows, from one point in time.
  func read<Value: Sendable>(_ read: @escaping @Sendable (Database) throws -> Value) async throws -> Value {
    // GRDB's own asynchronous read passes through three queues, each a thread to wait for where all are busy.
    try await threads.run { [pool] in try pool.read(read) }
  }

  /// Writes what a person does: the only way to do so, whichever feature it is. It was a while ago that the request's
  /// session was found, and the session may have ended since: nothing is written then.
  /// - Parameters:
  ///   - inHand: what need not be read again to be sent.
  ///   - committed: called once it is durable, in the order of the commits.
  /// - Throws: ``ChatError/signedOut``, and what `body` throws.
  func write<Value: Sendable>(
    as session: Session, _ body: @escaping @Sendable (Database) throws -> Value,
    inHand: @escaping @Sendable (Value) -> (Event.ID, any EventKind)? = { _ in nil },
    committed: @escaping @Sendable (Value) -> Void = { _ in }
  ) async throws -> Value {
    let now = Date.now.milliseconds
    let hand = self.inHand
    return try await writer.write(
      { db in
        guard try Session.isAlive(session.id, at: now, in: db) else { throw ChatError.signedOut }
        return try body(db)
      },
      committed: { value in
        committed(value)
        if let (event, content) = inHand(value) { hand.keep(content, of: event) }
      })
  }

  /// Leaves no byte of what was deleted in the file and none in the WAL, a stretch of the file at a time, so
  /// that writes go on in between.
  func scrub() async throws { try await forgetting.scrub() }

  /// Removes what was kept of the database before migrations.
  func removeBackups() async throws { try await threads.run { [backups] in try backups.removeAll() } }

  /// Removes such copies when their time is over, from hour to hour, until its task is cancelled.
  func removeOldBackups(every pause: Duration = .seconds(3_600)) async {
    while (try? await Task.sleep(for: pause)) != nil {
      await threads.runUncancelled { [backups] in backups.removeOld() }
    }
  }

  /// Closes the file when what waits to be written is written.
  package func close() async {
    await forgetting.finish()
    await writer.finish()
    snapshots.close()
    try? pool.close()
  }

  private static let readers = max(2, ProcessInfo.processInfo.activeProcessorCount)

  /// How long a connection waits for another one's lock.
  static let busyMilliseconds = 5_000

  private static func configuration(_ trace: (@Sendable (String) -> Void)?) -> GRDB.Configuration {
    var configuration = GRDB.Configuration()
    configuration.busyMode = .timeout(TimeInterval(busyMilliseconds) / 1000)
    configuration.maximumReaderCount = readers
    configuration.prepareDatabase { db in
      try db.execute(sql: "PRAGMA wal_autocheckpoint = 0")
      // What is deleted is overwritten, and no copy of it gets into a file in a temporary folder.
      try db.execute(sql: "PRAGMA secure_delete = ON")
      try db.execute(sql: "PRAGMA temp_store = MEMORY")
      addFunctions(to: db)
      guard let trace else { return }
      db.trace { if case .statement(let statement) = $0 { trace(statement.sql) } }
    }
    return configuration
  }

  /// What migrations and other programs of ours need, so that they write what the server would.
  static func addFunctions(to db: Database) {
    for (name, function) in [
      ("sort_name", FullName.sortKey), ("folded_name", FoldedName.stretches), ("email_key", EmailAddress.key),
    ] as [(String, @Sendable (String) -> String)] {
      db.add(
        function: DatabaseFunction(name, argumentCount: 1, pure: true) { values in
          String.fromDatabaseValue(values[0]).map(function)
        })
    }
  }

  /// Before the file is opened for writing, which alone changes its bytes.
  private static func look(at path: String, isServer: Bool, _ backups: MigrationBackups) throws {
    var configuration = GRDB.Configuration()
    configuration.readonly = true
    let queue = try DatabaseQueue(path: path, configuration: configuration)
    defer { try? queue.close() }
    let schema = try queue.read { try SchemaState(of: $0) }
    if schema.isNewer { throw Failure.newerThanProgram(path) }
    guard let next = schema.pending.first else { return }
    guard isServer else { throw Failure.olderThanProgram(path) }
    if !schema.isEmpty { try backups.make(before: next, from: queue) }
  }
}

/// Milliseconds since 1970 in UTC, as every time in the database.
typealias Milliseconds = Int64

extension Date {
  var milliseconds: Milliseconds { Milliseconds((timeIntervalSince1970 * 1000).rounded(.down)) }
}
