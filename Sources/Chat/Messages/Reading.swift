import Foundation
import GRDB
import HTTPTypes
import Hummingbird
import Web

/// What has been read, as modules tell it.
struct Reading: Sendable {
  let database: ChatDatabase
  let marks: ReadMarks

  /// `POST /people/ID/read`
  func withPerson(_ request: Request, _ context: SignedInContext) async throws -> Response {
    try await markRead(request, context, try .person(of: context))
  }

  /// `POST /conversations/ID/read`
  func inConversation(_ request: Request, _ context: SignedInContext) async throws -> Response {
    try await markRead(request, context, try .conversation(of: context))
  }

  private func markRead(
    _ request: Request, _ context: SignedInContext, _ addressee: Addressee
  ) async throws -> Response {
    let fields = try await request.form(limit: 1024)
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
