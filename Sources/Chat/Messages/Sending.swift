import Foundation
import GRDB
import HTTPTypes
import Hummingbird
import Web

/// The composer's form, and the mark of what has been read.
struct Sending: Sendable {
  let database: ChatDatabase
  let pages: ChatPages
  let live: Live
  let renderer: EventRenderer
  let limit: RateLimit?

  /// The most bytes of a form: 5,000 scalars of four bytes, each as three characters in its encoding.
  private static let formBytes = 128 * 1024

  /// `POST /people/ID/messages`
  func toPerson(_ request: Request, _ context: SignedInContext) async throws -> Response {
    let viewer = context.viewer.id
    let other = try await person(context)
    let conversation = try await database.read { try Conversation.direct(viewer, other.id, in: $0) }
    let place = conversation.map { ChatView.Place.conversation($0, .newest) } ?? .person(other)
    return try await send(request, context, place: place) { now, db in
      try Conversation.openDirect(viewer, other.id, at: now, in: db)
    }
  }

  /// `POST /conversations/ID/messages`
  func toConversation(_ request: Request, _ context: SignedInContext) async throws -> Response {
    let viewer = context.viewer.id
    let conversation = try await pages.membership(context)
    return try await send(request, context, place: .conversation(conversation, .newest)) { _, db in
      try Conversation.find(conversation.id, of: viewer, in: db)
    }
  }

  /// `POST /people/ID/read`
  func readWithPerson(_ request: Request, _ context: SignedInContext) async throws -> Response {
    let viewer = context.viewer.id
    let other = try await person(context)
    let conversation = try await database.read { try Conversation.direct(viewer, other.id, in: $0) }
    return try await markRead(request, viewer, conversation)
  }

  /// `POST /conversations/ID/read`
  func read(_ request: Request, _ context: SignedInContext) async throws -> Response {
    try await markRead(request, context.viewer.id, try await pages.membership(context))
  }

  private func person(_ context: SignedInContext) async throws -> User {
    guard let id = context.parameters.get("id", as: User.ID.self), id != context.viewer.id,
      let found = try await database.read({ try User.find(id, in: $0) })
    else { throw ChatError.notFound }
    return found
  }

  private func send(
    _ request: Request, _ context: SignedInContext, place: ChatView.Place,
    into conversation: @escaping @Sendable (Milliseconds, Database) throws -> Conversation?
  ) async throws -> Response {
    let fields = try await request.form(limit: Self.formBytes)
    let viewer = context.viewer.id
    let clientID = try Self.clientID(fields["clientId"])
    func refuse(
      _ sentence: String, _ status: HTTPResponse.Status, _ headers: HTTPFields = [:]
    ) async throws -> Response {
      let refused = ComposerView.Refused(
        text: fields["text"], sentence: sentence, status: status, headers: headers)
      guard request.wantsFragment else {
        return try await pages.show(place, request, context, refused: refused)
      }
      return pages.composer(place, viewer: viewer, refused: refused)
    }
    let text: MessageText
    do { text = try MessageText(fields["text"]) } catch {
      return try await refuse(error.sentence, .unprocessableContent)
    }
    if let seconds = limit?.take(String(viewer)) {
      return try await refuse(
        "You are writing very fast. Wait \(Wait(seconds)), then send it again.", .tooManyRequests,
        [.retryAfter: String(seconds)])
    }
    do {
      let now = Date.now.milliseconds
      let sent = try await database.writer.write { db -> Sent? in
        guard let conversation = try conversation(now, db),
          let message = try Message.post(
            text, by: viewer, in: conversation, clientID: clientID, at: now, in: db)
        else { return nil }
        return try Sent(message, viewer: viewer, in: db)
      }
      guard let sent else { throw ChatError.notFound }
      guard request.wantsFragment else { return .seeOther("/conversations/\(sent.conversation.id)#newest") }
      return .html(await html(sent, viewer: viewer))
    } catch let error as DatabaseError where error.meansUnwritable {
      context.logger.error("A message was not stored", metadata: ["error": "\(error.resultCode)"])
      return try await refuse(
        "The server cannot store messages at the moment. Keep this page open and try again soon.",
        .serviceUnavailable, [.retryAfter: "10"])
    } catch is Writer.Busy {
      return try await refuse(
        "Very many people are writing at the moment. Try again.", .serviceUnavailable, [.retryAfter: "2"])
    }
  }

  /// A message that was taken, and its sender's row.
  private struct Sent: Sendable {
    let message: Message
    let conversation: Conversation
    let row: SidebarRow

    init?(_ message: Message, viewer: User.ID, in db: Database) throws {
      guard let conversation = try Conversation.find(message.conversation, in: db),
        let row = try Sidebar.row(of: conversation.id, viewer: viewer, in: db)
      else { return nil }
      self.message = message
      self.conversation = conversation
      self.row = row
    }
  }

  /// What the stream brings too, so that any order or repetition of the two ends in the same page.
  private func html(_ sent: Sent, viewer: User.ID) async -> String {
    let online = await live.onlineUsers
    return renderer.fragments.posted(
      messageHTML: renderer.messages.html(sent.message), conversationKey: sent.conversation.key,
      row: sent.row, viewer: viewer, isOnline: sent.row.person.map { online.contains($0.id) } ?? false)
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

  /// - Throws: ``ChatError/malformed`` for what is neither empty nor a UUID.
  private static func clientID(_ text: String) throws -> String? {
    if text.isEmpty { return nil }
    guard let id = UUID(uuidString: text) else { throw ChatError.malformed }
    return id.uuidString
  }
}
