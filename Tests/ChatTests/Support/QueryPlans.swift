import GRDB
import Synchronization

@testable import Chat

/// How SQLite finds what the servers of the tests ask for: every statement that any of them ran is explained
/// once. Nothing may be read from end to end, or sorted, that grows with use.
final class QueryPlans: Sendable {
  static let all = QueryPlans()

  private struct State {
    var known: Set<String> = []
    var waiting: [String] = []
  }

  private let state = Mutex(State())

  /// Every statement that was noted.
  var known: Set<String> { state.withLock { $0.known } }

  func note(_ sql: String) {
    state.withLock { state in
      if state.known.insert(sql).inserted { state.waiting.append(sql) }
    }
  }

  /// - Returns: the statements noted since the last time that grow, and why.
  func slow(in database: ChatDatabase) async throws -> [String] {
    let waiting = state.withLock { state in
      defer { state.waiting = [] }
      return state.waiting.filter(Self.isQuery)
    }
    guard !waiting.isEmpty else { return [] }
    return try await database.read { db in
      try waiting.flatMap { sql in try Self.problems(of: sql, in: db).map { "\($0): \(sql)" } }
    }
  }

  /// The lines of the plan of `sql` that read or sort what grows.
  static func problems(of sql: String, in db: Database) throws -> [String] {
    guard !migrations.contains(where: sql.hasPrefix) else { return [] }
    let statement = try db.makeStatement(sql: "EXPLAIN QUERY PLAN " + sql)
    statement.setUncheckedArguments(StatementArguments())
    return try Row.fetchAll(statement).map { $0["detail"] as String }.filter { line in
      grows(line) && !once.contains(sql)
        || line.contains("TEMP B-TREE FOR") && !line.hasSuffix("DISTINCT")
          && !Self.sorted.contains { sql.contains($0) }
    }
  }

  private static func isQuery(_ sql: String) -> Bool {
    let isOwn = ["SELECT", "WITH", "INSERT", "UPDATE", "DELETE"].contains { sql.hasPrefix($0) }
    return isOwn && !["sqlite_", "pragma_", "grdb_"].contains { sql.lowercased().contains($0) }
  }

  /// Whether a line reads a whole table or index that is not bounded.
  private static func grows(_ line: String) -> Bool {
    guard line.hasPrefix("SCAN "), let name = line.split(separator: " ").dropFirst().first else {
      return false
    }
    let isSearchOfTexts = line.contains("VIRTUAL TABLE") && (name == "json_each" || line.contains(":M"))
    return !isSearchOfTexts && !name.hasPrefix("(") && !bounded.contains { line.contains($0) }
  }

  /// None of these tables grows, and of these indexes as much as is going on at the moment.
  private static let bounded = [
    "SCAN CONSTANT ROW", "SCAN event_log", "SCAN health", "SCAN folding",
    "SCAN deletion",
    "INDEX user_online",
    "INDEX attachment_draft", "INDEX user_hidden", "INDEX user_hides_typing", "SCAN main.user_name_config",
    "INDEX abandoned_group", "SCAN main.group_name_config",
    // What one person may see, and one row; both are found by indexes, on lines of their own.
    "SCAN sight", "SCAN through",
  ]

  /// What is read from end to end, once at each start.
  private static let once = [
    "SELECT id, last_seen_at FROM user WHERE last_seen_at IS NOT NULL",
    "UPDATE user SET folded_name = folded_name(full_name) WHERE full_name <> ''",
    "UPDATE conversation SET folded_name = folded_name(name) WHERE kind = 'group'",
  ]

  /// The beginnings of what a migration reads from end to end, once in all.
  private static let migrations = [
    "INSERT INTO text_usage\n", "UPDATE session SET expires_at = min(",
    "UPDATE member SET unread_after_message_id = last_read_message_id", "UPDATE event SET message_id",
    "DELETE FROM event WHERE kind = 'read'", "INSERT INTO new_attachment",
    "UPDATE OR IGNORE user SET email_key", "UPDATE conversation SET member_count =\n",
    "UPDATE conversation SET sort_name = sort_name(name)",
    "INSERT INTO group_name (rowid, folded_name) SELECT", "INSERT INTO group_count SELECT",
    "DELETE FROM withdrawn WHERE text IS NULL", "DELETE FROM pin WHERE message_id IN (\n",
    "DELETE FROM reaction WHERE message_id IN (\n",
  ]

  /// What is sorted in place of being read in order, and why that may be.
  private static let sorted = [
    // Accounts that are being deleted, and the browsers and sessions of one account.
    "FROM deletion ORDER BY", "FROM known_browser WHERE user_id", "FROM session\nWHERE user_id = ?",
    // The conversations of one person, whose newest messages change all the time.
    "FROM member AS own", "FROM member JOIN conversation", "FROM member\nJOIN conversation",
    // What one client missed, of at most as many events as a replay has.
    "SELECT id FROM (\n",
    // Those who were found: their names are read anyway.
    "FROM user_name WHERE user_name MATCH", "FROM group_name WHERE group_name MATCH", "FROM json_each(",
    // Those of one group who have read a message, by name.
    "FROM member JOIN user ON user.id = member.user_id\nWHERE member.conversation_id = ?1 AND member.last_read",
    // The members of one group, when its last administrator goes.
    "UPDATE member SET role = 'administrator'",
  ]
}
