import Foundation
import GRDB
import HTTPTypes
import Hummingbird
import Web

/// The mark of what has been read, as modules set it.
struct Reading: Sendable {
  let database: ChatDatabase
  let pages: ChatPages

  /// `POST /people/ID/read`
  func withPerson(_ request: Request, _ context: SignedInContext) async throws -> Response {
    let (_, conversation) = try await pages.other(context)
    return try await markRead(request, context.viewer.id, conversation)
  }

  /// `POST /conversations/ID/read`
  func inConversation(_ request: Request, _ context: SignedInContext) async throws -> Response {
    try await markRead(request, context.viewer.id, try await pages.membership(context))
  }

  private func markRead(
    _ request: Request, _ viewer: User.ID, _ conversation: Conversation?
  ) async throws -> Response {
    let fields = try await request.form(limit: 1024)
    guard let message = Message.ID(fields["message"]) else { throw ChatError.malformed }
    if let conversation {
      let now = Date.now.milliseconds
      try await database.writer.write { db in
        try ReadMark.move(of: viewer, in: conversation.id, through: message, at: now, db: db)
      }
    }
    return Response(status: .noContent, headers: [.cacheControl: "no-store"])
  }
}
