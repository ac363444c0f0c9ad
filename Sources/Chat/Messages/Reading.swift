import Foundation
import GRDB
import HTTPTypes
import Hummingbird
import Web

/// The mark of what has been read, as modules set it.
struct Reading: Sendable {
  let database: ChatDatabase

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
    let now = Date.now.milliseconds
    try await database.write(as: context.session) { db in
      guard case .conversation(let conversation, _) = try addressee.place(for: viewer, in: db) else { return }
      try ReadMark.move(of: viewer, in: conversation.id, through: message, at: now, db: db)
    }
    return Response(status: .noContent, headers: [.cacheControl: "no-store"])
  }
}
