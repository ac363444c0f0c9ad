import Chat
import Crypto
import Foundation
import GRDB

/// Writes a data folder of any size through the product's own schema, in few transactions and with nothing
/// synced before the end. The rows are those that the product would have written over the last year.
struct DatasetWriter {
  private static let batch = 100_000

  let size: Dataset.Size
  let progress: Progress
  private let now = Int64(Date.now.timeIntervalSince1970 * 1_000)

  init(size: Dataset.Size, progress: Progress) {
    self.size = size
    self.progress = progress
  }

  /// Makes the folder. Blocks.
  func write(to folder: URL) async throws -> Dataset {
    let timeline = try Timeline(size: size, now: now)
    let folder = try DataFolder(folder)
    let database = try ChatDatabase(path: folder.database)
    let key = UUID().uuidString
    let olderPage = try fill(database.pool, timeline, Dataset(size: size, olderPage: 0, key: key))
    progress.say("data: moving it into one file")
    await database.close()
    let dataset = Dataset(size: size, olderPage: olderPage, key: key)
    try dataset.save(folder.url)
    return dataset
  }

  /// - Returns: the message that the page in the middle ends before.
  private func fill(_ pool: DatabasePool, _ timeline: Timeline, _ dataset: Dataset) throws -> Int {
    try pool.writeWithoutTransaction { db in
      var timeline = timeline
      try db.execute(sql: "PRAGMA synchronous = OFF; PRAGMA cache_size = -400000")
      try db.inTransaction {
        progress.say("data: \(size.users) users")
        try addUsers(dataset, db)
        try addConversations(timeline.pairs, db)
        return .commit
      }
      while timeline.written < size.messages {
        progress.say("data: message \(timeline.written) of \(size.messages)")
        try db.inTransaction {
          try addMessages(min(Self.batch, size.messages - timeline.written), &timeline, db)
          return .commit
        }
      }
      try db.inTransaction {
        try finish(timeline, db)
        return .commit
      }
      return timeline.olderPage
    }
  }

  private func addUsers(_ dataset: Dataset, _ db: Database) throws {
    let user = try db.makeStatement(
      sql: """
        INSERT INTO user (
          id, full_name, sort_name, folded_name, email, email_key, password_hash, created_at, last_seen_at)
        VALUES (?1, ?2, sort_name(?2), folded_name(?2), ?3, ?3, '!', ?4, ?4)
        """)
    let session = try db.makeStatement(
      sql: """
        INSERT INTO session (user_id, token_hash, created_at, used_at, expires_at, has_streamed)
        VALUES (?, ?, ?, ?, ?, 1)
        """)
    for id in 1...size.users {
      try user.execute(arguments: [
        id, SampleText.name(id), "\(id)@bench.example", now - Timeline.year,
      ])
      let hash = Data(SHA256.hash(data: Data(dataset.token(of: id).utf8)))
      try session.execute(arguments: [id, hash, now, now, now + 30 * Timeline.day])
    }
  }

  private func addConversations(_ pairs: [ConversationPairs.Pair], _ db: Database) throws {
    let conversation = try db.makeStatement(
      sql: "INSERT INTO conversation (id, kind, direct_key, name, created_at) VALUES (?, ?, ?, ?, ?)")
    let member = try db.makeStatement(
      sql: "INSERT INTO member (conversation_id, user_id, joined_at) VALUES (?, ?, ?)")
    let created = now - Timeline.year
    for (index, pair) in pairs.enumerated() {
      try conversation.execute(arguments: [
        index + 1, "direct", "\(pair.one)-\(pair.other)", nil, created,
      ])
      for user in [pair.one, pair.other] { try member.execute(arguments: [index + 1, user, created]) }
    }
  }

  private func addMessages(_ count: Int, _ timeline: inout Timeline, _ db: Database) throws {
    let message = try db.makeStatement(
      sql: """
        INSERT INTO message (id, conversation_id, author_id, text, created_at, continues, event_id)
        VALUES (?, ?, ?, ?, ?, ?, ?)
        """)
    let event = try db.makeStatement(
      sql: """
        INSERT INTO event (id, audience, kind, subject_id, created_at) VALUES (?, ?, 'message.posted', ?, ?)
        """)
    for _ in 0..<count {
      let next = timeline.next()
      try message.execute(arguments: [
        next.id, next.conversation, next.author, SampleText.message(next.id), next.time, next.continues,
        next.event,
      ])
      if next.isInLog {
        try event.execute(arguments: [next.event, next.conversation, next.id, next.time])
      }
    }
  }

  /// Everyone has read everything, but for one message in every fifth conversation of the viewer.
  private func finish(_ timeline: Timeline, _ db: Database) throws {
    let newest = try db.makeStatement(sql: "UPDATE conversation SET newest_message_id = ? WHERE id = ?")
    let mark = try db.makeStatement(
      sql: "UPDATE member SET last_read_message_id = ? WHERE conversation_id = ?")
    for (index, message) in timeline.newest.enumerated() {
      try newest.execute(arguments: [message, index + 1])
      try mark.execute(arguments: [index % 5 == 4 ? message - 1 : message, index + 1])
    }
    try db.execute(sql: "UPDATE event_log SET pruned_through = ?", arguments: [timeline.prunedThrough])
  }
}
