import Foundation
import GRDB
import HTTPTypes
import Hummingbird
import Web

/// `/messages/ID`: the way to a message, wherever it is, and what there is to know of it.
struct MessagePages: Feature {
  static let routes: [Route<MessagePages>] = [
    .get("/messages/{message}", place), .get("/messages/{message}/details", details),
    .post("/messages/{message}/unread", limit: .members, unread),
  ]

  let database: ChatDatabase
  let layout: PageLayout
  let marks: ReadMarks
  let fragments: Fragments

  /// Where a message is no longer to be seen, by whom a link leads to it.
  struct Gone: SentenceError {
    var sentence: Sentence {
      Sentence("This message is no longer here, or it is not yours to see. It may have been deleted.")
    }
  }

  private func place(_ request: Request, _ context: SignedInContext) async throws -> Response {
    let message = try await find(context)
    return .seeOther("/conversations/\(message.conversation)?around=\(message.id)#message-\(message.id)")
  }

  private func details(_ request: Request, _ context: SignedInContext) async throws -> Response {
    let (viewer, clock) = (context.viewer, context.session.clock)
    let message = try await find(context)
    await marks.settle(viewer.id)
    let now = Date.now.milliseconds
    let (rights, isPinned, event, receipts, readers, reactions, mayUndo) = try await database.read { db in
      (
        try MessageRights.of(viewer.id, on: message.id, in: db), try Pin.has(message.id, in: db),
        try Event.newest(visibleTo: viewer.id, in: db),
        try Conversation.find(message.conversation, in: db).flatMap {
          try Receipts.of($0, for: viewer.id, in: db)
        },
        try MessageReaders.load(of: message, for: viewer.id, in: db),
        try Reaction.listed(message.reactions, in: db),
        try Withdrawal(message: message.id).mayUndo(viewer.id, at: now, in: db)
      )
    }
    let time = Timestamp(message.createdAt, clock)
    let reader = Reader(language: layout.language(of: request), clock: clock)
    let html = fragments.messages.html(message, for: reader)
    return layout.response(
      "pages/message", to: request, title: Sentence("Message details"),
      viewer: .init(context.session, event: event),
      bodyClass: "group-page", headers: [.cacheControl: "no-store"],
      values: [
        "chats": true, "address": "/messages/\(message.id)", "conversation": message.conversation,
        "message": receipts?.html(message, html, fragments.said(in: reader.language)) ?? html,
        "iso": time.iso, "date": time.inFull,
        "editedAt": message.isDeleted
          ? nil
          : message.editedAt.map { Timestamp($0, clock) }.map { View(["iso": $0.iso, "date": $0.inFull]) },
        "mayMark": rights.mayMarkUnread, "mayReply": rights.mayReply, "mayEdit": rights.mayEdit,
        "mayDelete": rights.mayDelete && !message.isDeleted, "mayReact": rights.mayReact,
        "mayPin": rights.mayPin,
        "pin": isPinned ? Sentence("Unpin") : Sentence("Pin"),
        "isOther": message.line == nil,
        "replyAddress": "/conversations/\(message.conversation)?reply=\(message.id)#composer",
        "reactions": reactions, "mayUndo": mayUndo,
        "quick": Reaction.quick,
        "readers": readers?.people.map { user in
          View([
            "id": user.id, "name": user.name, "picture": user.picture, "initials": user.initials,
            "colour": Avatar.colour(of: user.id),
          ])
        },
        "readBy": readers.map {
          Sentence(one: "Read by {count} person", other: "Read by {count} people", count: $0.count)
        },
        "nobody": readers?.count == 0,
      ])
  }

  private func unread(_ request: Request, _ context: SignedInContext) async throws -> Response {
    let message = try await find(context)
    let viewer = context.viewer.id
    await marks.settle(viewer)
    try await database.write(as: context.session) { [pages = database.pages] db in
      guard try ReadMark.setBack(of: viewer, before: message, in: db) else { return }
      pages.tell(.only(viewer))
    }
    await marks.tell([viewer: [message.conversation]])
    return request.redirect(to: "/")
  }

  /// - Throws: ``Gone`` where there is none that the viewer may see.
  private func find(_ context: SignedInContext) async throws -> Message {
    let viewer = context.viewer.id
    guard let id = context.parameters.get("message", as: Message.ID.self) else { throw ChatError.notFound }
    guard let message = try await database.read({ try Message.find(id, visibleTo: viewer, in: $0) }) else {
      throw Gone()
    }
    return message
  }
}

extension Message {
  /// - Returns: nil where it is none that `viewer` may see.
  static func find(_ id: ID, visibleTo viewer: User.ID, in db: Database) throws -> Message? {
    let isVisible = try Bool.fetchOne(
      db.cachedStatement(
        sql: """
          SELECT \(Sight.seesMessage("message.id", in: "message.conversation_id", "?1"))
          FROM message WHERE id = ?2
          """), arguments: [viewer, id])
    guard isVisible == true, let message = try find(id, in: db) else { return nil }
    return try Sight.of(viewer, in: message.conversation, db: db).map { message.seen(by: $0) }
  }
}
