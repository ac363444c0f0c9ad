import Foundation
import GRDB
import HTTPTypes
import Hummingbird
import Web

/// The mark of what has been read, as modules set it.
struct Reading: Feature {
  static let routes: [Route<Reading>] = [
    .post("/people/{person}/read", form: 1 << 10, markRead),
    .post("/conversations/{conversation}/read", form: 1 << 10, markRead),
  ]

  let database: ChatDatabase

  private func markRead(
    _ fields: FormFields, _ request: Request, _ context: SignedInContext
  ) async throws -> Response {
    let addressee = try Addressee(of: context)
    guard let message = Message.ID(fields["message"]) else { throw ChatError.malformed }
    let viewer = context.viewer.id
    let now = Date.now.milliseconds
    try await database.write(as: context.session) { db in
      guard case .conversation(let conversation, _) = try addressee.place(for: viewer, in: db) else { return }
      try ReadMark.move(of: viewer, in: conversation.id, through: message, at: now, db: db)
    }
    return Response(status: .noContent, headers: [.cacheControl: "no-store"])
  }
}
