import Foundation
import GRDB
import Web

/// Copies of the database as it was before a migration changed it, beside it, for who wants to go back to the version
/// before: `nextalk-before-8-usage.sqlite`. They go after a week, and with the next account that is deleted, since
/// what they hold is deleted nowhere else. Every function blocks.
struct MigrationBackups: Sendable {
  /// In seconds.
  static let lifetime: TimeInterval = 7 * 86_400
  /// How many bytes of the disk a copy leaves, so that the migration itself has room.
  private static let reserve: Int64 = 16 << 20

  /// Why there is none, as a sentence.
  struct Failure: SentenceError {
    let sentence: Sentence
  }

  private let folder: URL
  private let prefix: String

  /// - Parameter path: of the database.
  init(of path: String) {
    let database = URL(filePath: path)
    folder = database.deletingLastPathComponent()
    prefix = database.deletingPathExtension().lastPathComponent + "-before-"
  }

  /// Makes one, which is there as a whole or not at all. One that was made for the same step before stays as it is:
  /// the new one is then called `…-again.sqlite`, in the place of any other of that name.
  /// - Parameter step: the first that the migration is to take.
  /// - Throws: ``Failure``.
  func make(before step: String, from source: DatabaseQueue) throws(Failure) {
    let temporary = file(step, ".sqlite.new")
    do {
      let bytes = try source.read { db in
        let pages = try Int.fetchOne(db, sql: "PRAGMA page_count") ?? 0
        return pages * (try Int.fetchOne(db, sql: "PRAGMA page_size") ?? 0)
      }
      guard DiskRoom(folder: folder, reserve: .bytes(Self.reserve)).has(bytes) else {
        throw StorageFailure(code: ENOSPC)
      }
      // SQLite would make it for whomever umask lets in.
      _ = try OutputFile(creating: temporary)
      try Self.copy(source, to: temporary)
      try OutputFile.sync(temporary)
      let first = file(step, ".sqlite")
      let isFirst = access(first.path, F_OK) != 0
      guard rename(temporary.path, (isFirst ? first : file(step, "-again.sqlite")).path) == 0 else {
        throw StorageFailure(code: errno)
      }
      try OutputFile.sync(folder)
    } catch {
      unlink(temporary.path)
      throw Failure(sentence: sentence(error))
    }
  }

  /// Removes those whose time is over, and at a start what one that was cut off has left.
  func removeOld(at now: Date = .now, isStart: Bool = false) {
    for (file, date) in (try? all()) ?? [] {
      // One from the future is of a clock that went wrong; nobody can tell how old it is.
      let isOld = abs(now.timeIntervalSince(date)) > Self.lifetime
      if isOld || isStart && file.lastPathComponent.contains(".sqlite.new") { unlink(file.path) }
    }
  }

  /// Returns when none is left, also after a crash.
  /// - Throws: where one cannot be removed.
  func removeAll() throws {
    let files = try all()
    guard !files.isEmpty else { return }
    for (file, _) in files where unlink(file.path) != 0 && errno != ENOENT {
      throw StorageFailure(code: errno)
    }
    try OutputFile.sync(folder)
  }

  /// With when they were written. Also what SQLite puts beside one that somebody opens.
  private func all() throws -> [(URL, Date)] {
    let keys: [URLResourceKey] = [.isRegularFileKey, .contentModificationDateKey]
    return try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: keys)
      .filter { isOne($0.lastPathComponent) }
      .compactMap { file in
        let values = try? file.resourceValues(forKeys: Set(keys))
        guard values?.isRegularFile == true, let date = values?.contentModificationDate else { return nil }
        return (file, date)
      }
  }

  /// By the number of a step, also one that only a newer program knows: a file that somebody has called
  /// `nextalk-before-christmas.sqlite` is theirs.
  private func isOne(_ name: String) -> Bool {
    guard name.hasPrefix(prefix) else { return false }
    let rest = name.dropFirst(prefix.count)
    let digits = rest.prefix { $0.isASCII && $0.isNumber }
    return (1...3).contains(digits.count) && rest.dropFirst(digits.count).hasPrefix("-")
      && rest.contains(".sqlite")
  }

  private func file(_ step: String, _ ending: String) -> URL {
    let words = step.lowercased().split { !$0.isASCII || !($0.isLetter || $0.isNumber) }
    return folder.appending(path: prefix + words.joined(separator: "-") + ending)
  }

  private static func copy(_ source: DatabaseQueue, to file: URL) throws {
    var configuration = GRDB.Configuration()
    // Half a copy is thrown away, so it needs no journal of its own; a whole one is synced afterwards.
    configuration.prepareDatabase {
      try $0.execute(sql: "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF")
    }
    let copy = try DatabaseQueue(path: file.path, configuration: configuration)
    defer { try? copy.close() }
    try source.backup(to: copy)
    try copy.close()
  }

  private func sentence(_ error: any Error) -> Sentence {
    let noRoom = Sentence("there is no room for it")
    let reason: Sentence =
      switch error {
      case let failure as StorageFailure where failure.code == ENOSPC: noRoom
      case let failure as StorageFailure: .verbatim(String(cString: strerror(failure.code)))
      case let failure as DatabaseError where failure.resultCode == .SQLITE_FULL: noRoom
      case let failure as DatabaseError: .verbatim(failure.message ?? "SQLite \(failure.resultCode.rawValue)")
      default: .verbatim("\(error)")
      }
    return Sentence(
      """
      Before it changes the database of an older version, Nextalk keeps a copy of it, and in {folder} that could \
      not be made: {reason}. Nothing was changed. Mend that, then start it again.
      """, ["folder": folder.path, "reason": reason])
  }
}
