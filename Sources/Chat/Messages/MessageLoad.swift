import Foundation

/// Senders that write messages through the product's own writer, for measuring it without HTTP.
package struct MessageLoad: Sendable {
  private let database: ChatDatabase
  private let senders: [User.ID]
  private let receiver: User.ID

  /// Makes a database in `folder` with the people for it.
  /// - Parameter isGrouped: false gives each message a transaction of its own.
  package init(folder: URL, senders count: Int, isGrouped: Bool) async throws {
    let folder = try DataFolder(folder)
    database = try ChatDatabase(
      path: folder.database, maximumBatch: isGrouped ? Writer.maximumBatch : 1, trace: nil)
    let hash = try PasswordHash(hashing: "", parameters: .init(logN: 1, r: 1, p: 1))
    let now = Date.now.milliseconds
    let people = try await database.writer.write { db in
      try (0...count).map { number in
        try User.create(
          name: FullName("Sender \(number)"), email: EmailAddress("\(number)@bench.example"), hash: hash,
          at: now, in: db)
      }
    }
    senders = Array(people.dropLast())
    receiver = people[count]
  }

  /// Sends one message and returns when it is durable.
  package func send(by index: Int, number: Int) async throws {
    let sender = senders[index]
    let receiver = receiver
    let text = try MessageText("Message \(number), as long as people write them most of the time.")
    let now = Date.now.milliseconds
    _ = try await database.writer.write { db in
      _ = try Posting(text: text, clientID: UUID().uuidString)
        .post(by: sender, to: .person(receiver), at: now, in: db)
    }
  }

  package func close() async { await database.close() }
}
