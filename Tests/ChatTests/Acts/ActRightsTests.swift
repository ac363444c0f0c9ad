import GRDB
import Testing

@testable import Chat

/// Who may do what with a message, in which state: each act with each role and each state of the message.
@Suite struct ActRightsTests {
  enum Act: String, CaseIterable {
    case edit, delete, deletePicture, undo, react, pin, reply, unread
  }

  enum Role: String, CaseIterable {
    case author, authorAndAdministrator, member, administrator, partner, formerMember, newcomer, stranger
  }

  enum State: String, CaseIterable {
    case written, edited, withPictureAlone, announced, deleted, deletedByAdministrator, line

    static let ofGroups: Set<State> = [.announced, .deletedByAdministrator, .line]
  }

  /// The statuses that each is answered with: of a message as written, edited or a picture, of a deleted one, of a line.
  /// In a group where only administrators write, a reply is refused to the others, and nothing else. A newcomer is one who
  /// may not see what was before: their reply to it is a message that answers nothing.
  private static let expected: [Act: [Role: (there: Int, deleted: Int, line: Int)]] = [
    .edit: [
      .author: (303, 409, 403),
      .authorAndAdministrator: (303, 409, 403),
      .member: (403, 403, 403),
      .administrator: (403, 403, 403),
      .partner: (403, 403, 403),
      .formerMember: (404, 404, 404), .newcomer: (404, 404, 404), .stranger: (404, 404, 404),
    ],
    .delete: [
      .author: (303, 303, 403),
      .authorAndAdministrator: (303, 303, 403),
      .member: (403, 403, 403),
      .administrator: (303, 303, 403),
      .partner: (403, 403, 403),
      .formerMember: (404, 404, 404), .newcomer: (404, 404, 404), .stranger: (404, 404, 404),
    ],
    .deletePicture: [
      .author: (422, 303, 403),
      .authorAndAdministrator: (422, 303, 403),
      .member: (403, 403, 403),
      .administrator: (422, 303, 403),
      .partner: (403, 403, 403),
      .formerMember: (404, 404, 404), .newcomer: (404, 404, 404), .stranger: (404, 404, 404),
    ],
    .undo: [
      .author: (409, 303, 409),
      .authorAndAdministrator: (409, 303, 409),
      .member: (409, 409, 409),
      .administrator: (409, 409, 409),
      .partner: (409, 409, 409),
      .formerMember: (404, 404, 404), .newcomer: (404, 404, 404), .stranger: (404, 404, 404),
    ],
    .react: [
      .author: (303, 409, 403),
      .authorAndAdministrator: (303, 409, 403),
      .member: (303, 409, 403),
      .administrator: (303, 409, 403),
      .partner: (303, 409, 403),
      .formerMember: (404, 404, 404), .newcomer: (404, 404, 404), .stranger: (404, 404, 404),
    ],
    .pin: [
      .author: (403, 403, 403),
      .authorAndAdministrator: (303, 409, 403),
      .member: (403, 403, 403),
      .administrator: (303, 409, 403),
      .partner: (303, 409, 403),
      .formerMember: (404, 404, 404), .newcomer: (404, 404, 404), .stranger: (404, 404, 404),
    ],
    .reply: [
      .author: (303, 303, 303),
      .authorAndAdministrator: (303, 303, 303),
      .member: (303, 303, 303),
      .administrator: (303, 303, 303),
      .partner: (303, 303, 303),
      .formerMember: (404, 404, 404), .newcomer: (303, 303, 303), .stranger: (404, 404, 404),
    ],
    .unread: [
      .author: (303, 303, 303),
      .authorAndAdministrator: (303, 303, 303),
      .member: (303, 303, 303),
      .administrator: (303, 303, 303),
      .partner: (303, 303, 303),
      .formerMember: (404, 404, 404), .newcomer: (404, 404, 404), .stranger: (404, 404, 404),
    ],
  ]

  @Test(arguments: Act.allCases)
  func everyRoleAndState(act: Act) async throws {
    try await TestServer.with { server in
      for role in Role.allCases {
        let row = try #require(Self.expected[act]?[role], "a row of the table is missing")
        for state in State.allCases where role != .partner || !State.ofGroups.contains(state) {
          let (actor, message, place) = try await Self.scene(role, state, on: server)
          let status = try await Self.status(of: act, by: actor, on: message, at: place)
          let wanted =
            switch state {
            case .announced where act == .reply && [.author, .member, .newcomer].contains(role): 403
            case .written, .edited, .withPictureAlone, .announced: row.there
            // What an administrator deleted is theirs to take back.
            case .deletedByAdministrator where act == .undo && row.deleted != 404:
              role == .administrator ? 303 : 409
            case .deleted, .deletedByAdministrator: row.deleted
            case .line: row.line
            }
          #expect(status == wanted, "\(act) by \(role), of a message that is \(state)")
        }
      }
    }
  }

  private static func status(
    of act: Act, by actor: Person, on message: Message.ID, at place: String
  ) async throws -> Int {
    switch act {
    case .edit: try await actor.edit(message, "Something else").status
    case .delete: try await actor.act("delete", on: message).status
    // One that it does not have.
    case .deletePicture: try await actor.act("delete", on: message, ["image": "none.png"]).status
    case .undo: try await actor.act("delete/undo", on: message).status
    case .react: try await actor.act("reactions", on: message, ["emoji": "👍"]).status
    case .pin: try await actor.act("pin", on: message).status
    case .unread: try await actor.act("unread", on: message).status
    case .reply:
      try await actor.browser.post("\(place)/messages", ["text": "Yes", "replyTo": "\(message)"]).status
    }
  }

  /// - Returns: who acts, on which message, and where it stands.
  private static func scene(
    _ role: Role, _ state: State, on server: TestServer
  ) async throws -> (Person, Message.ID, String) {
    let people = try await server.people("Author", "Administrator", "Other", "Former", "Stranger", "Newcomer")
    let (author, administrator, other) = (people[0], people[1], people[2])
    let place: String
    if role == .partner {
      try await author.write("Hello", to: other)
      place = try #require(try await other.browser.get("/people/\(author.id)").location)
    } else {
      let group = try await MadeGroup.make(
        "Club", by: administrator, with: [author, other, people[3]],
        history: role == .newcomer ? "joined" : "all")
      if role == .authorAndAdministrator {
        _ = try await group.change("promote", [author], by: administrator)
      }
      try await group.write("Hello", by: author)
      place = group.path
    }
    let (written, line) = try await server.database.read { db in
      (
        try Message.ID.fetchOne(db, sql: "SELECT max(id) FROM message WHERE line IS NULL") ?? 0,
        try Message.ID.fetchOne(db, sql: "SELECT max(id) FROM message WHERE line IS NOT NULL") ?? 0
      )
    }
    let message = state == .line ? line : written
    switch state {
    case .written: break
    case .edited: #expect(try await author.edit(message, "Edited").status == 303)
    case .withPictureAlone:
      try await server.addPictures(["a\(message).png"], to: message, of: author)
      try await server.database.writer.write { db in
        try db.execute(sql: "UPDATE message SET text = '' WHERE id = ?", arguments: [message])
      }
    case .announced:
      let answer = try await administrator.browser.post("\(place)/details", ["writers": "administrators"])
      #expect(answer.status == 303)
    case .deletedByAdministrator: #expect(try await administrator.act("delete", on: message).status == 303)
    case .deleted: #expect(try await author.act("delete", on: message).status == 303)
    case .line: #expect(message > 0)
    }
    if role == .formerMember {
      let former = ["action": "remove", "user": "\(people[3].id)"]
      let form = former.map { "\($0.key)=\($0.value)" }.joined(separator: "&")
      _ = try await administrator.browser.post("\(place)/members", form: form)
    }
    if role == .newcomer {
      let form = "action=add&user=\(people[5].id)"
      _ = try await administrator.browser.post("\(place)/members", form: form)
    }
    let actor: Person =
      switch role {
      case .author, .authorAndAdministrator: author
      case .administrator: administrator
      case .member, .partner: other
      case .formerMember: people[3]
      case .stranger: people[4]
      case .newcomer: people[5]
      }
    return (actor, message, place)
  }
}
