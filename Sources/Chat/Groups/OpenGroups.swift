import Foundation
import GRDB
import HTTPTypes
import Hummingbird
import Web

/// `/groups`: the groups that everyone may come into, and the ways into one and out of one.
struct OpenGroups: Feature {
  static let routes: [Route<OpenGroups>] = [
    .get("/groups", page),
    .post("/conversations/{conversation}/join", limit: .members, join),
    .post("/conversations/{conversation}/leave", limit: .members, leave),
  ]

  let database: ChatDatabase
  let layout: PageLayout
  let abandoned: AbandonedGroups

  private func page(_ request: Request, _ context: SignedInContext) async throws -> Response {
    let viewer = context.viewer.id
    let start = FormFields(query: request.uri.query)["start"].split(separator: ".", maxSplits: 1)
    let after = (
      name: start.count == 2 ? String(start[1]) : "", id: start.first.flatMap { Conversation.ID($0) } ?? 0
    )
    let (found, event) = try await database.read { db in
      (
        try Group.OpenPage.load(after: after, for: viewer, in: db),
        try Event.newest(visibleTo: viewer, in: db)
      )
    }
    return layout.response(
      "pages/groups", to: request, title: Sentence("Groups"),
      viewer: .init(context.session, event: event),
      bodyClass: "group-page",
      values: [
        "chats": true,
        "groups": found.groups.map { each in
          each.group.view.adding(["isMember": each.isMember])
        },
        "isEmpty": found.groups.isEmpty,
        "next": found.next.map { "/groups?start=" + URLQuery.encoded("\($0.id).\($0.name)") },
      ])
  }

  private func join(_ request: Request, _ context: SignedInContext) async throws -> Response {
    let (group, user, now) = (try Self.group(of: context), context.viewer.id, Date.now.milliseconds)
    try await database.write(as: context.session) { try GroupMembers.join(group, by: user, at: now, in: $0) }
    return request.redirect(to: "/conversations/\(group)")
  }

  private func leave(_ request: Request, _ context: SignedInContext) async throws -> Response {
    let (group, user, now) = (try Self.group(of: context), context.viewer.id, Date.now.milliseconds)
    try await database.write(as: context.session) { try GroupMembers.leave(group, by: user, at: now, in: $0) }
    abandoned.look()
    return request.redirect(to: "/")
  }

  /// - Throws: ``ChatError/notFound`` where the address has no number.
  static func group(of context: SignedInContext) throws -> Conversation.ID {
    guard let id = context.parameters.get("conversation", as: Conversation.ID.self) else {
      throw ChatError.notFound
    }
    return id
  }
}

extension Group {
  /// As templates show it: to members, and where it is open to everyone.
  var view: View {
    View([
      "id": id, "name": name, "description": description.isEmpty ? nil : description, "picture": picture,
      "initials": Avatar.initials(of: name), "colour": Avatar.colour(of: id), "subject": "g\(id)",
      "memberCount": memberCountInWords,
    ])
  }
}
