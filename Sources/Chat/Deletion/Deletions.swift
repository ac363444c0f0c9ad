import Foundation
import GRDB
import Logging

/// Carries out deletions when their time has come, whoever still looks: also those that were due while the
/// program was not running, and those that it left half done.
struct Deletions: Sendable {
  /// How long the owner can take it back.
  let delay: Milliseconds
  private let database: ChatDatabase
  private let uploads: Uploads
  private let abandoned: AbandonedGroups
  private let logger: Logger
  private let pokes: AsyncStream<Void>
  private let poke: AsyncStream<Void>.Continuation

  init(
    database: ChatDatabase, uploads: Uploads, abandoned: AbandonedGroups, delay: Milliseconds, logger: Logger
  ) {
    self.database = database
    self.uploads = uploads
    self.abandoned = abandoned
    self.delay = delay
    self.logger = logger
    (pokes, poke) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
    poke.yield()
  }

  /// From now on it goes by itself. Every other session ends, and this one gets another token: whoever has a session
  /// that is not theirs could undo it otherwise, without a password.
  /// - Returns: the session in the place of this one.
  func ask(
    _ session: Session, _ checked: CheckedPassword, keepsMessages: Bool, token: SessionToken
  ) async throws -> Session {
    let now = Date.now.milliseconds
    let replacement = try await database.write(as: session) { [delay] db in
      try checked.confirm(in: db)
      try Deletion.ask(of: checked.user, dueAt: now + delay, keepsMessages: keepsMessages, in: db)
      try Session.endAll(of: checked.user, except: session.id, because: .deletion, at: now, in: db)
      return try session.replaced(by: token, at: now, in: db)
    }
    poke.yield()
    return replacement
  }

  /// - Returns: false when it is too late.
  func undo(_ session: Session) async throws -> Bool {
    let now = Date.now.milliseconds
    return try await database.write(as: session) { try Deletion.undo(session.user.id, at: now, in: $0) }
  }

  /// Waits for deletions and carries them out until its task is cancelled.
  func run() async {
    await withDiscardingTaskGroup { group in
      var begun: Set<User.ID> = []
      for await _ in pokes {
        do {
          let waiting = try await database.read { try Deletion.all(in: $0) }
          // One that was undone may be asked for again.
          begun.formIntersection(waiting.map(\.user))
          for deletion in waiting where !begun.contains(deletion.user) {
            let time = deletion.dueAt - Date.now.milliseconds
            guard time <= 0 else {
              wakeUp(in: .milliseconds(time), &group)
              break
            }
            let erasure = Erasure(database: database, uploads: uploads, deletion: deletion)
            guard try await erasure.begin() else { continue }
            abandoned.look()
            begun.insert(deletion.user)
            group.addTask { await complete(erasure) }
          }
        } catch is CancellationError {
          return
        } catch {
          logger.warning("An account could not be deleted yet", metadata: ["error": "\(error)"])
          wakeUp(in: .seconds(1), &group)
        }
      }
    }
  }

  private func wakeUp(in time: Duration, _ group: inout DiscardingTaskGroup) {
    group.addTask { [poke] in
      try? await Task.sleep(for: time)
      poke.yield()
    }
  }

  /// Tries until it is done: what keeps it, such as a full disk, passes.
  private func complete(_ erasure: Erasure) async {
    while !Task.isCancelled {
      do { return try await erasure.complete() } catch is CancellationError { return } catch {
        logger.warning("A deletion could not go on yet", metadata: ["error": "\(error)"])
        try? await Task.sleep(for: .seconds(5))
      }
    }
  }
}
