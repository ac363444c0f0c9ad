import GRDB
import Testing

@testable import Chat

/// Who may do what with a message, in which state: each act with each role and each state of the message.
@Suite struct ActRightsTests {
  enum Act: String, CaseIterable {
    case edit, delete, react, pin, reply, unread
  }

  enum Role: String, CaseIterable {
    case author, member, administrator, partner, formerMember, stranger
  }

  enum State: String, CaseIterable {
    case written, edited, withPictureAlone, deleted, line
  }

  /// The statuses that each is answered with: of a message as written, edited or a picture, of a deleted one, of a line.
  private static let expected: [Act: [Role: (there: Int, deleted: Int, line: Int)]] = [
    .edit: [
      .author: (303, 409, 403), .member: (403, 403, 403), .administrator: (403, 403, 403),
      .partner: (403, 403, 403), .formerMember: (404, 404, 404), .stranger: (404, 404, 404),
    ],
    .delete: [
      .author: (303, 303, 403), .member: (403, 403, 403), .administrator: (303, 303, 403),
      .partner: (403, 403, 403), .formerMember: (404, 404, 404), .stranger: (404, 404, 404),
    ],
    .react: [
      .author: (303, 409, 403), .member: (303, 409, 403), .administrator: (303, 409, 403),
      .partner: (303, 409, 403), .formerMember: (404, 404, 404), .stranger: (404, 404, 404),
    ],
    .pin: [
      .author: (403, 403, 403), .member: (403, 403, 403), .administrator: (303, 409, 403),
      .partner: (303, 409, 403), .formerMember: (404, 404, 404), .stranger: (404, 404, 404),
    ],
    .reply: [
      .author: (303, 303, 303), .member: (303, 303, 303), .administrator: (303, 303, 303),
      .partner: (303, 303, 303), .formerMember: (404, 404, 404), .stranger: (404, 404, 404),
    ],
    .unread: [
      .author: (303, 303, 303), .member: (303, 303, 303), .administrator: (303, 303, 303),
      .partner: (303, 303, 303), .formerMember: (404, 404, 404), .stranger: (404, 404, 404),
    ],
  ]

  @Test(arguments: Act.allCases, Role.allCases)
  func everyState(act: Act, role: Role) async throws {
    let row = try #require(Self.expected[act]?[role], "a row of the table is missing")
    for state in State.allCases where role != .partner || state != .line {
      try await TestServer.with { server in
        let (actor, message, place) = try await Self.scene(role, state, on: server)
        let status: Int =
          switch act {
          case .edit: try await actor.edit(message, "Something else").status
          case .delete: try await actor.act("delete", on: message).status
          case .react: try await actor.act("reactions", on: message, ["emoji": "👍"]).status
          case .pin: try await actor.act("pin", on: message).status
          case .unread: try await actor.act("unread", on: message).status
          case .reply:
            try await actor.browser.post("\(place)/messages", ["text": "Yes", "replyTo": "\(message)"]).status
          }
        let wanted =
          switch state {
          case .written, .edited, .withPictureAlone: row.there
          case .deleted: row.deleted
          case .line: row.line
          }
        #expect(status == wanted, "\(act) by \(role), of a message that is \(state)")
      }
    }
  }

  /// - Returns: who acts, on which message, and where it stands.
  private static func scene(
    _ role: Role, _ state: State, on server: TestServer
  ) async throws -> (Person, Message.ID, String) {
    let people = try await server.people("Author", "Administrator", "Other", "Former", "Stranger")
    let (author, administrator, other) = (people[0], people[1], people[2])
    let place: String
    if role == .partner {
      try await author.write("Hello", to: other)
      place = "/conversations/1"
    } else {
      let group = try await MadeGroup.make(
        "Club", by: administrator, with: [author, other, people[3]], history: "all")
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
      try await server.database.writer.write { db in
        try db.execute(
          sql: """
            INSERT INTO attachment (name, kind, owner_id, message_id, position, media_type, width, height, bytes,
              alt, created_at) VALUES ('a.png', 'message', ?, ?, 0, 'image/png', 1, 1, 1, '', 1)
            """, arguments: [author.id, message])
        try db.execute(
          sql: "UPDATE message SET text = '', attachment_count = 1 WHERE id = ?", arguments: [message])
      }
    case .deleted: #expect(try await author.act("delete", on: message).status == 303)
    case .line: #expect(message > 0)
    }
    if role == .formerMember {
      let former = ["action": "remove", "user": "\(people[3].id)"]
      let form = former.map { "\($0.key)=\($0.value)" }.joined(separator: "&")
      _ = try await administrator.browser.post("\(place)/members", form: form)
    }
    let actor: Person =
      switch role {
      case .author: author
      case .administrator: administrator
      case .member, .partner: other
      case .formerMember: people[3]
      case .stranger: people[4]
      }
    return (actor, message, place)
  }
}
