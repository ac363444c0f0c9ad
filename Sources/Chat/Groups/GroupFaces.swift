import GRDB
import Web

/// The two members whose pictures stand for a group that has none: those of longest standing.
enum GroupFaces {
  /// - Returns: two each, or nothing for a group with fewer members.
  static func of(_ groups: [Conversation.ID], in db: Database) throws -> [Conversation.ID: [User]] {
    guard !groups.isEmpty else { return [:] }
    let faces: [Conversation.ID: [User]] = try Row.group(
      db.cachedStatement(
        sql: """
          SELECT member.conversation_id, \(User.columns("user")) FROM json_each(?)
          JOIN member ON member.conversation_id = value AND member.user_id IN (
            SELECT user_id FROM member AS first WHERE first.conversation_id = value
            ORDER BY joined_at, user_id LIMIT 2)
          JOIN user ON user.id = member.user_id ORDER BY joined_at, user_id
          """), [GroupMembers.list(groups)], by: "conversation_id"
    ) { User($0) }
    return faces.mapValues { $0.count < 2 ? [] : $0 }
  }

  static func views(_ faces: [User]) -> [View] {
    faces.map { user in
      View([
        "id": user.id, "picture": user.picture, "initials": user.initials,
        "colour": Avatar.colour(of: user.id),
      ])
    }
  }
}
