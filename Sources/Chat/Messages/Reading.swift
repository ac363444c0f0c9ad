import Foundation
import GRDB
import HTTPTypes
import Hummingbird
import Web

/// What has been read, as modules tell it.
struct Reading: Feature {
  static let routes: [Route<Reading>] = [
    .post("/people/{person}/read", form: 1 << 10, markRead),
    .post("/conversations/{conversation}/read", form: 1 << 10, markRead),
  ]

  let database: ChatDatabase
  let marks: ReadMarks

  private func markRead(
    _ fields: FormFields, _ request: Request, _ context: SignedInContext
  ) async throws -> Response {
    let addressee = try Addressee(of: context)
    guard let message = Message.ID(fields["message"]) else { throw ChatError.malformed }
    let viewer = context.viewer.id
    let session = context.session.id
    let place = try await database.read { db in
      guard try Session.isAlive(session, in: db) else { throw ChatError.signedOut }
      return try addressee.place(for: viewer, in: db)
    }
    if case .conversation(let conversation, _) = place {
      await marks.note(viewer, conversation.id, through: message)
    }
    return Response(status: .noContent, headers: [.cacheControl: "no-store"])
  }
}
