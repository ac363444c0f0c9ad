import GRDB
import Logging
import Synchronization

/// Sees to it that nothing of what was edited or deleted is left in the database's files, a moment after it is committed.
///
/// `secure_delete` overwrites what is deleted in the page where it stood. What remains are the older pages in the
/// write-ahead log, and copies in the gaps of pages whose rows have moved. So the log is moved into the file and emptied,
/// and the gaps of those pages are overwritten that were written since the last time: what it costs goes by what was
/// written, not by the size of the file. The table `forgetting` says from the start of a program to its orderly end that
/// nobody may know which pages those are; after a crash all of the file is looked at once, in the background.
///
/// Others wait for it as for a commit, at most once in ``pause``. Thread-safe.
final class Forgetting: Sendable {
  enum Progress: Sendable {
    case done
    /// There are pages left.
    case more
    /// Someone still reads from the log.
    case blocked
    /// It is not known which pages were written.
    case needsAll
  }

  private static let pause = Duration.milliseconds(2_500)
  /// Who reads at the moment is soon done.
  private static let patience = Duration.milliseconds(100)
  private static let warning = Duration.seconds(60)
  /// Between two stretches of all of the file.
  private static let rest = Duration.milliseconds(5)

  private struct State {
    var isDue = false
    /// All of the file has been looked at since the program started, or need not be.
    var knowsAll = false
    var poke: AsyncStream<Void>.Continuation?
  }

  private let writer: Writer
  private let logger: Logger
  private let state = Mutex(State())

  init(_ writer: Writer, logger: Logger) {
    self.writer = writer
    self.logger = logger
  }

  /// Something was edited or deleted, and committed.
  func forgetSoon() {
    state.withLock { state in
      state.isDue = true
      state.poke?.yield()
    }
  }

  /// Until its task is cancelled.
  func run() async {
    let (pokes, poke) = AsyncStream<Void>.makeStream(bufferingPolicy: .bufferingNewest(1))
    state.withLock { state in
      state.poke = poke
      if state.isDue { poke.yield() }
    }
    if await begin() { forgetSoon() }
    await withDiscardingTaskGroup { group in
      group.addTask { await self.keepTouchedFew() }
      for await _ in pokes {
        await forget()
        do { try await Task.sleep(for: Self.pause) } catch { return }
      }
    }
  }

  /// What one edit costs is to go by what was written lately, not by all that was written since the last one.
  private func keepTouchedFew() async {
    while (try? await Task.sleep(for: Self.pause)) != nil {
      if writer.hasManyTouched { forgetSoon() }
    }
  }

  /// - Returns: whether what an earlier program left is to be looked for.
  private func begin() async -> Bool {
    let isDue = try? await writer.write { db in
      defer { try? db.execute(sql: "UPDATE forgetting SET is_due = 1 WHERE id = 1 AND is_due = 0") }
      return try Bool.fetchOne(db, sql: "SELECT is_due FROM forgetting WHERE id = 1") ?? true
    }
    state.withLock { $0.knowsAll = isDue == false }
    return isDue != false
  }

  /// What keeps it, such as a full disk or a reader, passes.
  private func forget() async {
    while state.withLock({ $0.isDue }), !Task.isCancelled {
      do {
        state.withLock { $0.isDue = false }
        try await forgetOnce()
      } catch {
        state.withLock { $0.isDue = true }
        guard !(error is CancellationError) else { return }
        logger.warning("What was deleted could not be overwritten yet", metadata: ["error": "\(error)"])
        try? await Task.sleep(for: Self.pause)
      }
    }
  }

  private func forgetOnce() async throws {
    guard state.withLock({ $0.knowsAll }) else { return try await scrub() }
    let start = ContinuousClock.now
    var warns = true
    while true {
      switch try await writer.forget() {
      case .done: return
      case .more: continue
      case .blocked:
        if warns, .now - start > Self.warning {
          warns = false
          logger.warning(
            "What was deleted is not overwritten while another program reads the database for long")
        }
        try await Task.sleep(for: Self.patience)
      case .needsAll: return try await scrub()
      }
    }
  }

  /// The same in all of the file, a stretch of it at a time, so that writes go on in between.
  func scrub() async throws {
    state.withLock { $0.knowsAll = false }
    var page = 2
    while true {
      switch try await writer.scrub(from: page) {
      case .done:
        state.withLock { $0.knowsAll = true }
        return
      case .through(let last):
        page = last + 1
        try await Task.sleep(for: Self.rest)
      case .blocked: try await Task.sleep(for: Self.patience)
      }
    }
  }

  /// At the end of the program: what is due, and that the next one need not look.
  func finish() async {
    guard state.withLock({ $0.knowsAll }) else { return }
    var tries = 20
    while tries > 0, let progress = try? await writer.forget() {
      switch progress {
      case .done:
        _ = try? await writer.write { try $0.execute(sql: "UPDATE forgetting SET is_due = 0 WHERE id = 1") }
        return
      case .more: continue
      case .blocked: tries -= 1
      case .needsAll: return
      }
    }
  }
}
